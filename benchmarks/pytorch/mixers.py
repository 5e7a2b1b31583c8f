"""The token mixers, with the released code's names, shapes and initialisation (docs/model.md)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from scan import SCANS


class Attention(nn.Module):
    """Multi-head self-attention over a window.   x (B, L, C) -> (B, L, C)"""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        batch, tokens, width = x.shape
        q, k, v = self.qkv(x).reshape(batch, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v)
        return self.proj(y.transpose(1, 2).reshape(batch, tokens, width))


class StateSpace(nn.Module):
    """The projections and the scan, as a mixin: parameters lie in the mixer itself, as in the released code."""

    scan = "compiled"

    def declare(self, width: int, branch: int, states: int) -> None:
        self.branch, self.states, self.rank = branch, states, math.ceil(width / 16)
        self.A_log = nn.Parameter(torch.log(torch.arange(1, states + 1, dtype=torch.float32)).repeat(branch, 1))
        self.D = nn.Parameter(torch.ones(branch))
        self.x_proj = nn.Linear(branch, self.rank + 2 * states, bias=False)
        self.dt_proj = nn.Linear(self.rank, branch)

    def state_space(self, x: Tensor) -> Tensor:
        """x (B, L, D) -> (B, L, D); the step adds its bias twice, as the released weights expect."""
        step, b, c = self.x_proj(x).split([self.rank, self.states, self.states], -1)
        step = F.softplus(self.dt_proj(step) + self.dt_proj.bias)
        return SCANS[self.scan](x, step, -torch.exp(self.A_log), b, c, self.D)


def convolve(conv: nn.Conv1d, x: Tensor) -> Tensor:
    """SiLU of a depthwise convolution along the tokens.   x (B, L, D) -> (B, L, D)"""
    return F.silu(conv(x.transpose(1, 2))[..., : x.shape[1]]).transpose(1, 2)


def depthwise(channels: int, padding: int | str) -> nn.Conv1d:
    return nn.Conv1d(channels, channels, 3, padding=padding, groups=channels, bias=False)


class NoScan(nn.Module):
    """Two convolved halves side by side: MambaVision's mixer without its scan.   x (B, L, C) -> (B, L, C)"""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.in_proj = nn.Linear(width, width, bias=False)
        self.out_proj = nn.Linear(width, width, bias=False)
        self.conv1d_x = depthwise(width // 2, "same")
        self.conv1d_z = depthwise(width // 2, "same")

    def forward(self, x: Tensor) -> Tensor:
        x, z = self.in_proj(x).chunk(2, -1)
        x, z = convolve(self.conv1d_x, x), convolve(self.conv1d_z, z)
        return self.out_proj(torch.cat([self.mix(x), z], -1))

    def mix(self, x: Tensor) -> Tensor:
        """What happens to the first half after its convolution.   x (B, L, D) -> (B, L, D)"""
        return x


class Mamba(NoScan, StateSpace):
    """MambaVision's mixer: a scan beside a convolution.   x (B, L, C) -> (B, L, C)"""

    def __init__(self, width: int, heads: int, states: int = 8) -> None:
        super().__init__(width, heads)
        self.declare(width, width // 2, states)

    def mix(self, x: Tensor) -> Tensor:
        return self.state_space(x)


class BidirectionalMamba(Mamba):
    """Mamba with the sum of a forward and a backward scan that share their parameters."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__(width, heads)
        nn.init.constant_(self.D, 0.5)

    def mix(self, x: Tensor) -> Tensor:
        return self.state_space(x) + self.state_space(x.flip(1)).flip(1)


class GatedMamba(StateSpace):
    """The original Mamba block with branches of half the width.   x (B, L, C) -> (B, L, C)"""

    def __init__(self, width: int, heads: int, states: int = 8) -> None:
        super().__init__()
        self.declare(width, width // 2, states)
        self.in_proj = nn.Linear(width, width, bias=False)
        self.out_proj = nn.Linear(width // 2, width, bias=False)
        self.conv1d_x = depthwise(width // 2, 2)

    def forward(self, x: Tensor) -> Tensor:
        x, z = self.in_proj(x).chunk(2, -1)
        return self.out_proj(self.state_space(convolve(self.conv1d_x, x)) * F.silu(z))


MIXERS = {
    "attention": Attention, "mamba": Mamba, "no-scan": NoScan, "gated-mamba": GatedMamba,
    "bidirectional-mamba": BidirectionalMamba,
}  # fmt: skip
