"""Trained weights in PyTorch: `python trained.py FILE PICTURE… [--program ablate]`.

Prints the most probable class of each picture (PNG, of the network's own size). With --program its logits are compared with those of
`ablate classify`; exit code 1 where they differ by more than 1e-4 of the largest. In code of one's own:

    network, prepare = load("last.safetensors")
    logits = network(prepare(pictures))          # pictures: uint8 (B, H, W, channels)
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from backbone import Backbone, Settings
from mixers import StateSpace

# What the twin has, and what makes no difference once weights are there.
KNOWN = {
    "width", "stem.channels", "stem.strides", "heads", "windows", "mlp-ratio", "layer-scale", "conv-layer-scale", "head-width",
    "step-initialization",
}  # fmt: skip
USUAL = {"step-bias": "twice", "depthwise-bias": False, "conv-gelu": "tanh", "mlp-gelu": "erf", "stem.epsilon": 1e-4}


def settings(metadata: dict[str, str]) -> Settings:
    """The network that a file says it is of; ValueError where the twin has no such network."""
    own = {key.removeprefix("backbone."): value for key, value in json.loads(metadata["settings"]).items() if key.startswith("backbone.")}
    for key, value in own.items():
        if key not in KNOWN and USUAL.get(key) != value:
            raise ValueError(f"the twin has no `backbone.{key}: {value}`")
    height, width, channels = map(int, metadata["input"].split("x"))
    return Settings(
        metadata["layout"], own["width"], own["stem.channels"], tuple(own["stem.strides"]), heads=own.get("heads") or [],
        windows=own.get("windows") or [], in_channels=channels, classes=int(metadata["classes"]), mlp_ratio=own["mlp-ratio"],
        layer_scale=own.get("layer-scale"), conv_layer_scale=own.get("conv-layer-scale"),
        grid=tuple(map(int, metadata["grid"].split("x"))) if "grid" in metadata else None, image=(height, width),
    )  # fmt: skip


def load(path: str | Path) -> tuple[Backbone, Callable[[np.ndarray], torch.Tensor]]:
    """The network with its weights, in eval mode, and what makes its input of pictures: uint8 (B, H, W, channels)."""
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
    StateSpace.scan = "loop"
    network = Backbone(settings(metadata))
    network.load_state_dict(load_file(path))
    mean, deviation = (torch.tensor(json.loads(metadata[f"pixel_{name}"]), dtype=torch.float64) for name in ("mean", "std"))

    def prepare(pictures: np.ndarray) -> torch.Tensor:
        pixels = torch.from_numpy(pictures).double() / 255
        return ((pixels - mean) / deviation).float().permute(0, 3, 1, 2)

    return network.eval(), prepare


def picture(path: str, channels: int) -> np.ndarray:
    from PIL import Image

    return np.array(Image.open(path).convert("L" if channels == 1 else "RGB")).reshape(1, *Image.open(path).size[::-1], channels)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("pictures", nargs="+")
    parser.add_argument("--program")
    arguments = parser.parse_args()
    network, prepare = load(arguments.file)
    channels = network.patch_embed.conv_down[0].in_channels
    worst = 0.0
    for path in arguments.pictures:
        with torch.inference_mode():
            logits = network(prepare(picture(path, channels)))[0]
        print(path, int(logits.argmax()))
        if arguments.program:
            command = [arguments.program, "classify", "--weights", arguments.file, "--format", "json", "--top", "100000", path]
            rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["rows"]
            found = torch.tensor([row["logit"] for row in sorted(rows, key=lambda row: row["class"])])
            worst = max(worst, ((found - logits).abs().max() / logits.abs().max()).item())
    if arguments.program:
        print(f"largest difference to {arguments.program}: {worst:.1e} of the largest logit")
    return 1 if worst > 1e-4 else 0


if __name__ == "__main__":
    sys.exit(main())
