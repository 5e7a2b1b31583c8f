"""Makes the two checkpoints of CheckpointTests with PyTorch itself (written with torch 2.13)."""
import argparse
import os
from collections import OrderedDict

import numpy
import torch

folder = os.path.dirname(os.path.abspath(__file__))
plain = torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4
image = torch.arange(12, dtype=torch.float32).reshape(1, 2, 2, 3)
tensors = OrderedDict([
    ("module.plain", plain),
    ("module.transposed", plain.t()),
    ("module.image", image.contiguous(memory_format=torch.channels_last)),
    ("module.slice", torch.arange(10, dtype=torch.float32)[4:7]),
    ("module.half", plain.half()),
    ("module.brain", plain.bfloat16()),
    ("module.double", plain.double()),
    ("module.parameter", torch.nn.Parameter(torch.tensor([1.5, -2.0]))),
    ("module.bn.num_batches_tracked", torch.tensor(7)),
    ("module.empty", torch.zeros(0, 3)),
])


class Code:
    def __reduce__(self):
        return os.system, ("true",)


torch.save({
    "epoch": 3, "arch": "tiny", "state_dict": tensors, "metric": numpy.float64(82.3),
    "args": argparse.Namespace(lr=1e-3, model="tiny", flags=[1, 2, (3, 4)], big=2**40, negative=-5),
    "optimizer": {
        "state": {0: {"step": torch.tensor(5.0), "exp_avg": torch.zeros(3)}},
        "param_groups": [{"lr": 0.1, "betas": (0.9, 0.999), "params": [0]}],
    },
}, os.path.join(folder, "checkpoint.pth.tar"))
torch.save({"state_dict": tensors, "extra": Code()}, os.path.join(folder, "code.pth.tar"))
