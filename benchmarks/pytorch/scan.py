"""The selective scan: a plain loop over tokens, and a C++ extension compiled where it is first used.

u, step (B, L, D); A (D, N), negative; b, c (B, L, N); skip (D) -> y (B, L, D):
h_t = exp(step_t A) h_(t-1) + step_t b_t u_t;  y_t = c_t h_t + skip u_t.  Gu and Dao 2023, simplified discretisation.
"""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

import torch
from torch import Tensor


def scan_loop(u: Tensor, step: Tensor, A: Tensor, b: Tensor, c: Tensor, skip: Tensor) -> Tensor:
    """The definition, token by token; differentiated by autograd."""
    state = u.new_zeros(u.shape[0], u.shape[2], A.shape[1])
    decay = torch.exp(step.unsqueeze(-1) * A)
    drive = (step * u).unsqueeze(-1) * b.unsqueeze(2)
    outputs = []
    for token in range(u.shape[1]):
        state = decay[:, token] * state + drive[:, token]
        outputs.append((state * c[:, token].unsqueeze(1)).sum(-1))
    return torch.stack(outputs, 1) + skip * u


class CompiledScan(torch.autograd.Function):
    """The same, forward and backward in C++ (scan.cpp), parallel over the batch."""

    @staticmethod
    def forward(ctx, u, step, A, b, c, skip):  # noqa: ANN001
        tensors = [tensor.contiguous() for tensor in (u, step, A, b, c, skip)]
        ctx.save_for_backward(*tensors)
        return _extension().forward(*tensors)

    @staticmethod
    def backward(ctx, gradient):  # noqa: ANN001
        return tuple(_extension().backward(*ctx.saved_tensors, gradient.contiguous()))


def scan_compiled(u: Tensor, step: Tensor, A: Tensor, b: Tensor, c: Tensor, skip: Tensor) -> Tensor:
    """`scan_loop` in C++, for float32."""
    return CompiledScan.apply(u, step, A, b, c, skip)


@functools.cache
def _extension():
    from torch.utils.cpp_extension import load

    # Ninja, which the build needs, lies beside the interpreter of a virtual environment.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return load(
        "ablate_scan", [str(Path(__file__).with_name("scan.cpp"))],
        extra_cflags=["-O3", "-march=native", "-ffast-math", "-fopenmp"], extra_ldflags=["-fopenmp"],
    )  # fmt: skip


SCANS = {"loop": scan_loop, "compiled": scan_compiled}
