"""The networks that are compared: the rows of layouts.yaml and one published network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

BENCHMARKS = Path(__file__).resolve().parent.parent
LAYOUTS = BENCHMARKS / "layouts.yaml"


@dataclass(frozen=True)
class Network:
    """One network, as arguments of `ablate bench` and of the twin's bench.py."""

    name: str
    own: list[str]
    peer: list[str]
    batch: int


def networks() -> list[Network]:
    file = yaml.safe_load(LAYOUTS.read_text())
    return [_row(name, row, file) for name, row in file["layouts"].items()] + [_published()]


def _row(name: str, row: str | dict, file: dict) -> Network:
    row = {"layout": row} if isinstance(row, str) else row
    backbone = file["backbone"] | row.get("backbone", {})
    size = (file["dataset"] | row.get("dataset", {}))["size"]
    batch = file["train"]["batch"]
    own = [str(LAYOUTS), "--row", name, "--input", f"{size}x{size}x3", "--classes", "10", "--batch", str(batch)]
    peer = [
        row["layout"], "--width", backbone["width"], "--stem", backbone["stem"]["channels"],
        "--strides", *backbone["stem"]["strides"], "--head-width", backbone["head-width"], "--size", size,
        "--classes", 10, "--batch", batch,
    ]  # fmt: skip
    return Network(name, own, [str(part) for part in peer], batch)


def _published() -> Network:
    """MambaVision-T at 224×224, eight images at a time."""
    peer = (
        "--width 80 --stem 32 --strides 2 2 --heads 2 4 8 16 --windows 8 8 14 7 --drop-path 0.2 --size 224 "
        "--classes 1000 --batch 8"
    )
    return Network("paper", ["mambavision-t", "--batch", "8"], ["C | C3 | M4 A4 | M2 A2", *peer.split()], 8)
