"""Compares the twin with golden tensors of the official code: `python check.py FOLDER [--scan compiled]`.

Relative error is max|a-b| / max|b| over one tensor. Exit code 1 where a tolerance is exceeded.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from backbone import Backbone, Settings
from mixers import StateSpace
from scan import prepare

TOLERANCES = {"eval logits": 1e-5, "train logits": 2e-5, "loss": 1e-5, "running statistics": 2e-5, "gradients": 5e-5}


def relative_error(found: Tensor, expected: Tensor) -> float:
    return ((found.double() - expected.double()).abs().max() / expected.double().abs().max().clamp_min(1e-30)).item()


def settings(path: Path) -> Settings:
    with safe_open(path, "pt") as file:
        config = json.loads(file.metadata()["meta"])["config"]
    layout = " | ".join(
        f"C{depth}" if stage < 2 else f"M{(depth + 1) // 2}" + (f" A{depth // 2}" if depth > 1 else "")
        for stage, depth in enumerate(config["depths"])
    )
    return Settings(
        layout, config["dim"], config["in_dim"], (2, 2), heads=config["num_heads"], windows=config["window_size"],
        in_channels=config["in_chans"], classes=config["num_classes"], mlp_ratio=config["mlp_ratio"],
        layer_scale=config.get("layer_scale"), conv_layer_scale=config.get("layer_scale_conv"),
    )  # fmt: skip


def gradient_errors(network: Backbone, expected: dict[str, Tensor]) -> dict[str, float]:
    """Relative errors; for gradients that are zero in exact arithmetic, whether they are small, as 0 or 1."""
    largest = max(gradient.abs().max() for gradient in expected.values())
    errors = {}
    for name, parameter in network.named_parameters():
        gradient = expected[name]
        if gradient.abs().max() < 1e-6 * largest:
            errors[name] = float(parameter.grad.abs().max() >= 1e-6 * largest)
        else:
            errors[name] = relative_error(parameter.grad, gradient)
    return errors


def errors(folder: Path, model: str) -> dict[str, float]:
    path = folder / f"{model}_weights.safetensors"
    network = Backbone(settings(path))
    network.load_state_dict(load_file(path))
    io = load_file(folder / f"{model}_io.safetensors")
    with torch.no_grad():
        found = {"eval logits": relative_error(network.eval()(io["input"]), io["eval.logits"])}
    logits = network.train()(io["input"])
    loss = F.cross_entropy(logits, io["target"])
    loss.backward()
    buffers = dict(network.named_buffers())
    found["train logits"] = relative_error(logits, io["train.logits"])
    found["loss"] = relative_error(loss, io["train.loss"])
    found["running statistics"] = max(
        relative_error(buffers[name.removeprefix("after.")], value) for name, value in io.items() if "after." in name
    )
    found["gradients"] = max(gradient_errors(network, load_file(folder / f"{model}_grads.safetensors")).values())
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("ABLATE_FIXTURES"))
    parser.add_argument("--scan", choices=["loop", "compiled"], default="loop")
    arguments = parser.parse_args()
    if arguments.folder is None:
        parser.error("name the folder of golden tensors, or set ABLATE_FIXTURES")
    StateSpace.scan = arguments.scan
    if arguments.scan == "compiled":
        prepare()
    models = sorted(path.name.removesuffix("_weights.safetensors") for path in Path(arguments.folder).glob("*_weights.safetensors"))
    failures = 0
    for model in models:
        for name, error in errors(Path(arguments.folder), model).items():
            failures += error > TOLERANCES[name]
            print(f"{model}  {name:20} {error:.1e}  (at most {TOLERANCES[name]:.0e})")
    return 1 if failures or not models else 0


if __name__ == "__main__":
    sys.exit(main())
