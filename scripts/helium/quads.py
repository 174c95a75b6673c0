"""Kernels for one output of four columns of two rows at a time: ops/planar_conv2d/quad_kernels.h says what they compute.

Weights stay in registers for all columns of an output. Results are made while the next columns' products are summed:

  r1, r10   patches of the two rows    r0 r2 r4 r6   sums of four columns, of one row after the other
  r3        the former columns' place  q0 …          weights
  r5 r7 r8  bias, offset, shift        q4            multiplier
  r9        weights                    q5 (q1 - q3)  vectors of patches
  r11       out, of the channel        q6, q7        sums of both rows, then results
  r12       channels left              lr            fours of columns left

Of 8 slots, r12 counts bytes from the channel's first column to the former ones, q5 has the places of four in between, and r3
the channels left.
"""
from channels import channel, top_bytes
from frame import FIRST, function, gather

X, SECOND, QUADS, PLANE, OUT, WEIGHTS, CHANNELS = range(0, 28, 4)
FRAME = 16  # the first four arguments

def results(slots):
    """The top bytes of the lanes are the results, those of the second row go to the next slot: of 4 slots p0 has the places of both."""
    code = top_bytes("q7") + top_bytes("q6") + ["vsri.32 q6,q7,#8"]
    if slots == 4:
        return code + ["vpst\n  vstrbt.8 q6,[r3],#16"]
    return code + ["vshr.u32 q6,q6,#16", "vidup.u32 q5,r12,#8", "vstrh.32 q6,[r11,q5]"]


def load(register, base):
    return f"vldrb.u8 {register},[{base}],#16"


def row_sums(step, base):
    """Products of four patches of `step` bytes, one behind the other."""
    if step == 24:  # two patches are three vectors, the middle one of both
        code = []
        for p in (0, 2):
            code += [load("q5", base), f"vmladav.s8 {FIRST[p]},q5,q0", load("q5", base), f"vmladava.s8 {FIRST[p]},q5,q1",
                     f"vmladav.s8 {FIRST[p + 1]},q5,q2", load("q5", base), f"vmladava.s8 {FIRST[p + 1]},q5,q3"]
        return code
    registers = ("q5", "q2", "q3") if step == 32 else ("q5", "q1", "q2", "q3")
    code = []
    for p in range(4):
        for v in range(step // 16):
            register = registers[(p * step // 16 + v) % len(registers)]
            code += [load(register, base), f"vmladav{'a' if v else ''}.s8 {FIRST[p]},{register},q{v}"]
    return code


def sums(step):
    return row_sums(step, "r1") + gather("q7") + row_sums(step, "r10") + gather("q6")


def weights(step):
    if step == 24:  # of byte 0 on, 16 on, 8 bytes before, 8 on
        return ["movs r0,#0", "vldrw.u32 q0,[r9],#48", "vldrw.u32 q1,[r9,#-32]", "vldrw.u32 q2,[r9,#-56]", "vldrw.u32 q3,[r9,#-40]",
                "vmov d4,r0,r0"]
    return ["vldrw.u32 q0,[r9],#32"] if step == 16 else ["vldrw.u32 q0,[r9],#48", "vldrw.u32 q1,[r9,#-32]"]


class Quads:
    def __init__(self, step, slots, schedule):
        self.name = f"cortado_quads_{step}{'' if slots == 4 else '_8'}"
        made, all_sums = results(slots), sums(step)
        body, before, after = schedule(made + all_sums)
        self.report = [(f"{self.name}: 4 columns of 2 rows", len(body) + 1, before, after)]
        left, begin, back = ("r12", "mov r3,r11", 2) if slots == 4 else ("r3", "movs.w r12,#0", 0)
        first, _, _ = schedule(["ldrd r5,r0,[r9,#-16]", "ldrd r7,r8,[r9,#-8]", "vdup.32 q4,r0", f"ldrd r1,r10,[sp,#{X}]",
                                f"ldr lr,[sp,#{QUADS}]", begin] + all_sums)
        self.lines = function(FRAME, [
            "movw r1,#0xcccc", "vmsr p0,r1", "ldm r0!,{r1-r4}", "subs r3,r3,#1", "stm sp,{r1-r4}", "ldrd r11,r9,[r0]",
            f"ldr {left},[r0,#{CHANNELS - OUT}]", f"subs.w r11,r11,#{back}",
        ], channel(weights(step) + first, body, made, [f"ldr r0,[sp,#{PLANE}]", "add r11,r11,r0"], left))


def kernels(schedule):
    return [Quads(step, slots, schedule) for slots in (4, 8) for step in (16, 24, 32)]


def tables(_):
    return ["#include \"ops/planar_conv2d/quad_kernels.h\""]
