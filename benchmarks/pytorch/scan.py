"""The selective scan: a plain loop over tokens, and a C++ operator compiled where it is first used.

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


def scan_compiled(u: Tensor, step: Tensor, A: Tensor, b: Tensor, c: Tensor, skip: Tensor) -> Tensor:
    """`scan_loop` in C++ (scan.cpp), forward and backward, for float32, parallel over the batch. Needs `prepare()`."""
    return torch.ops.ablate.scan(*(tensor.contiguous() for tensor in (u, step, A, b, c, skip)))


@functools.cache
def prepare() -> None:
    """Compiles the operators of scan.cpp and tells autograd and torch.compile about them, whose graph they then don't break."""
    from torch.utils.cpp_extension import load

    # Ninja, which the build needs, lies beside the interpreter of a virtual environment.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    load(
        "ablate_scan", [str(Path(__file__).with_name(name)) for name in ("scan.cpp", "machine.cpp")], is_python_module=False,
        extra_cflags=["-O3", "-march=native", "-ffast-math", "-fopenmp"], extra_ldflags=["-fopenmp"],
    )  # fmt: skip
    torch.library.register_fake("ablate::scan", lambda u, *rest: torch.empty_like(u))
    torch.library.register_fake(
        "ablate::scan_backward", lambda *tensors: [torch.empty_like(tensor) for tensor in tensors[:6]]
    )
    torch.library.register_autograd("ablate::scan", _backward, setup_context=_keep_inputs)


def _keep_inputs(ctx, inputs, output) -> None:  # noqa: ANN001
    ctx.save_for_backward(*inputs)


def _backward(ctx, gradient):  # noqa: ANN001
    return tuple(torch.ops.ablate.scan_backward(*ctx.saved_tensors, gradient.contiguous()))


SCANS = {"loop": scan_loop, "compiled": scan_compiled}
