"""A MambaVision-style network from a layout (docs/model.md): the same modules, names and numbers as the program's."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mixers import MIXERS
from notation import stages


@dataclass
class Settings:
    """The network around the blocks; a head or window for each stage, 0 for one window of the whole map."""

    layout: str
    width: int = 16
    stem_channels: int = 8
    stem_strides: tuple[int, int] = (2, 1)
    head_width: int = 16
    heads: list[int] = field(default_factory=list)
    windows: list[int] = field(default_factory=list)
    in_channels: int = 3
    classes: int = 10
    mlp_ratio: float = 4
    layer_scale: float | None = None
    conv_layer_scale: float | None = None
    # Of a network that answers for the places of a grid: the grid's rows and columns, and the images' height and width.
    grid: tuple[int, int] | None = None
    image: tuple[int, int] = (0, 0)


class DropPath(nn.Module):
    """Drops a residual branch for each row with this probability while training."""

    def __init__(self, probability: float) -> None:
        super().__init__()
        self.probability = probability

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.probability == 0:
            return x
        keep = 1 - self.probability
        return x * (x.new_empty(x.shape[:1] + (1,) * (x.ndim - 1)).bernoulli_(keep) / keep)


class ConvBlock(nn.Module):
    """x (B, C, H, W) -> the same shape."""

    def __init__(self, width: int, drop_path: float, layer_scale: float | None) -> None:
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(width, width, 3, padding=1), nn.BatchNorm2d(width)
        self.conv2, self.norm2 = nn.Conv2d(width, width, 3, padding=1), nn.BatchNorm2d(width)
        self.drop_path = DropPath(drop_path)
        self.gamma = None if layer_scale is None else nn.Parameter(torch.full((width,), layer_scale))

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm2(self.conv2(F.gelu(self.norm1(self.conv1(x)), approximate="tanh")))
        return x + self.drop_path(y if self.gamma is None else y * self.gamma.view(1, -1, 1, 1))


class MLP(nn.Module):
    def __init__(self, width: int, ratio: float) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, int(width * ratio)), nn.Linear(int(width * ratio), width)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(F.gelu(self.fc1(x)))


class TokenBlock(nn.Module):
    """x (B, L, C) -> the same shape."""

    def __init__(self, mixer: str, width: int, heads: int, settings: Settings, drop_path: float) -> None:
        super().__init__()
        self.mixes = mixer != "identity"
        if self.mixes:
            self.norm1 = nn.LayerNorm(width)
            self.mixer = MIXERS[mixer](width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = MLP(width, settings.mlp_ratio)
        self.drop_path = DropPath(drop_path)
        scale = settings.layer_scale
        self.gamma_1 = nn.Parameter(torch.full((width,), scale)) if scale is not None and self.mixes else None
        self.gamma_2 = nn.Parameter(torch.full((width,), scale)) if scale is not None else None

    def forward(self, x: Tensor) -> Tensor:
        if self.mixes:
            y = self.mixer(self.norm1(x))
            x = x + self.drop_path(y if self.gamma_1 is None else y * self.gamma_1)
        y = self.mlp(self.norm2(x))
        return x + self.drop_path(y if self.gamma_2 is None else y * self.gamma_2)


class Downsample(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.reduction = nn.Sequential(nn.Conv2d(width, 2 * width, 3, 2, 1, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        return self.reduction(x)


class Stage(nn.Module):
    """x (B, C, H, W) -> the same shape; what follows it but for the last stage is `downsample`."""

    def __init__(self, mixers: list[str], index: int, settings: Settings, drops: list[float], is_last: bool) -> None:
        super().__init__()
        width = settings.width * 2**index
        self.is_conv = mixers[0] == "conv"
        if any((mixer == "conv") != self.is_conv for mixer in mixers):
            raise ValueError("a stage has conv blocks or token blocks, not both")
        heads = settings.heads[index] if settings.heads else max(1, width // settings.head_width)
        self.window = settings.windows[index] if settings.windows else 0
        self.blocks = nn.ModuleList(
            ConvBlock(width, drop, settings.conv_layer_scale) if self.is_conv
            else TokenBlock(mixer, width, heads, settings, drop)
            for mixer, drop in zip(mixers, drops)
        )  # fmt: skip
        self.downsample = None if is_last else Downsample(width)

    def forward(self, x: Tensor) -> Tensor:
        if self.is_conv:
            for block in self.blocks:
                x = block(x)
        else:
            x = self.in_windows(x)
        return x

    def in_windows(self, x: Tensor) -> Tensor:
        batch, width, height, breadth = x.shape
        rows, columns = (self.window, self.window) if self.window else (height, breadth)
        x = F.pad(x, (0, -breadth % columns, 0, -height % rows))
        down, across = x.shape[2] // rows, x.shape[3] // columns
        x = x.view(batch, width, down, rows, across, columns).permute(0, 2, 4, 3, 5, 1)
        x = x.reshape(batch * down * across, rows * columns, width)
        for block in self.blocks:
            x = block(x)
        x = x.view(batch, down, across, rows, columns, width).permute(0, 5, 1, 3, 2, 4)
        return x.reshape(batch, width, down * rows, across * columns)[:, :, :height, :breadth]


class PatchEmbed(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        (first, second), inner = settings.stem_strides, settings.stem_channels
        self.conv_down = nn.Sequential(
            nn.Conv2d(settings.in_channels, inner, 3, first, 1, bias=False), nn.BatchNorm2d(inner, eps=1e-4), nn.ReLU(),
            nn.Conv2d(inner, settings.width, 3, second, 1, bias=False), nn.BatchNorm2d(settings.width, eps=1e-4),
            nn.ReLU(),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return self.conv_down(x)


class DenseHead(nn.Module):
    """The stages' maps, before their downsampling -> logits (B, classes, rows, columns).

    Every stage whose map is the grid or a whole fraction of it: layer norm over channels, a linear layer to the width of the
    finest of them, nearest-neighbour enlargement; their sum is classified, place by place.
    """

    def __init__(self, settings: Settings, count: int) -> None:
        super().__init__()
        self.grid = settings.grid
        height, breadth = settings.image
        for stride in settings.stem_strides:
            height, breadth = -(-height // stride), -(-breadth // stride)
        used = []
        for index in range(count):
            if height <= self.grid[0] and breadth <= self.grid[1] and not self.grid[0] % height and not self.grid[1] % breadth:
                used.append(index)
            height, breadth = -(-height // 2), -(-breadth // 2)
        finest = settings.width * 2 ** used[0]
        self.norms = nn.ModuleDict({str(i): nn.LayerNorm(settings.width * 2**i) for i in used})
        self.laterals = nn.ModuleDict({str(i): nn.Linear(settings.width * 2**i, finest) for i in used[1:]})
        self.classifier = nn.Linear(finest, settings.classes)

    def forward(self, maps: list[Tensor]) -> Tensor:
        total = 0
        for index, norm in self.norms.items():
            x = norm(maps[int(index)].permute(0, 2, 3, 1))
            x = self.laterals[index](x) if index in self.laterals else x
            total = total + F.interpolate(x.permute(0, 3, 1, 2), self.grid, mode="nearest")
        return self.classifier(total.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Backbone(nn.Module):
    """images (B, channels, H, W) -> logits (B, classes), or (B, classes, rows, columns) where a grid is answered for"""

    def __init__(self, settings: Settings, drop_path: float = 0) -> None:
        super().__init__()
        layout = stages(settings.layout)
        count = sum(map(len, layout))
        drops = [drop_path * index / max(1, count - 1) for index in range(count)]
        self.patch_embed = PatchEmbed(settings)
        self.levels = nn.ModuleList()
        for index, mixers in enumerate(layout):
            own, drops = drops[: len(mixers)], drops[len(mixers) :]
            self.levels.append(Stage(mixers, index, settings, own, index == len(layout) - 1))
        width = settings.width * 2 ** (len(layout) - 1)
        if settings.grid is None:
            self.norm = nn.BatchNorm2d(width)
            self.head = nn.Linear(width, settings.classes)
        else:
            self.norm, self.head = None, DenseHead(settings, len(layout))
        self.apply(_initialize)

    def forward(self, x: Tensor) -> Tensor:
        x = self.patch_embed(x)
        maps = []
        for level in self.levels:
            x = level(x)
            maps.append(x)
            x = x if level.downsample is None else level.downsample(x)
        return self.head(maps) if self.norm is None else self.head(self.norm(x).mean((2, 3)))


def _initialize(module: nn.Module) -> None:
    """Every linear layer, Mamba's step projection included, as the released code does in effect."""
    if isinstance(module, nn.Linear):
        nn.init.trunc_normal_(module.weight, std=0.02)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
