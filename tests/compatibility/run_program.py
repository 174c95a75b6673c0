"""Runs programs in ExecuTorch's released runtime, which has its portable kernels.

usage: run_program.py INPUT.npy PROGRAM.pte…
Gives each program the input and writes its first output as PROGRAM.pte.npy.
"""
import sys

import numpy
import torch
from executorch.runtime import Runtime


def main(input_file, *programs):
    x = torch.from_numpy(numpy.load(input_file))
    for program in programs:
        method = Runtime.get().load_program(program).load_method("forward")
        numpy.save(program + ".npy", method.execute([x])[0].numpy())


if __name__ == "__main__":
    main(*sys.argv[1:])
