"""Writes the small models of this folder. Needs torch >= 2.8 and ExecuTorch (./dev peer); the tests need only the files.

Run it in this folder: python make_models.py
"""
import os
import zipfile

import torch
from executorch.backends.cortex_m.quantizer.quantizer import CortexMQuantizer
from torchao.quantization.pt2e.quantize_pt2e import convert_pt2e, prepare_pt2e


class TinyNet(torch.nn.Module):
    """One of everything that a small classifier of images has."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.norm = torch.nn.BatchNorm2d(8)
        self.depthwise = torch.nn.Conv2d(8, 8, 3, stride=2, padding=1, groups=8)
        self.project = torch.nn.Conv2d(8, 8, 1)
        self.classify = torch.nn.Linear(8, 5)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv(x)))
        y = self.project(torch.nn.functional.relu6(self.depthwise(x)))
        y = y + torch.nn.functional.max_pool2d(x, 2)
        return self.classify(torch.nn.functional.adaptive_avg_pool2d(y, 1).flatten(1))


def save(program, file):
    """Without the paths of the machine that ran this."""
    torch.export.save(program, "with_paths.pt2")
    packages = os.path.dirname(os.path.dirname(torch.__file__)) + "/"
    with zipfile.ZipFile("with_paths.pt2") as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            name = entry.filename.replace("with_paths", file[:-4], 1)
            if name.endswith(".json"):
                data = data.replace(packages.encode(), b"").replace((os.getcwd() + "/").encode(), b"")
            new.writestr(zipfile.ZipInfo(name), data)
    os.remove("with_paths.pt2")


torch.manual_seed(1)
net = TinyNet().eval()
net.norm.running_mean.normal_(0, 0.2)
net.norm.running_var.uniform_(0.5, 1.5)
save(torch.export.export(net, (torch.randn(1, 3, 16, 16),)), "tiny.pt2")

# The same with q/dq nodes, as PyTorch's own quantization leaves it.
torch.manual_seed(2)
inputs = (torch.randn(1, 3, 16, 16).to(memory_format=torch.channels_last),)
prepared = prepare_pt2e(torch.export.export(net, inputs, strict=True).module(check_guards=False), CortexMQuantizer())
with torch.no_grad():
    prepared(*inputs)
save(torch.export.export(convert_pt2e(prepared), inputs), "tiny_qdq.pt2")
