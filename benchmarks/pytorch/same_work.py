"""Checks that the twin's training step is the program's: `python same_work.py [--program ablate] [--steps 4]`.

For each network of layouts.yaml the program trains a few steps on pictures of noise, one batch an epoch. The twin starts from
the same initial weights, sees the same pictures, and must come to the same training loss, gradient norm and test loss in every
step and to the same weights in the end, those without a gradient in exact arithmetic apart (biases before a norm), which AdamW
moves by the sign of rounding errors. That covers forward in both modes, cross-entropy, backward, clipping, AdamW and which
parameters it decays. Exit code 1 where something differs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
import yaml
from safetensors.torch import load_file
from torch.nn import functional as F

from backbone import Backbone, Settings
from bench import decay_groups
from scan import prepare

BENCHMARKS = Path(__file__).resolve().parent.parent
TRAIN = {
    "optimizer": "adamw", "lr": 2e-3, "schedule": "constant", "warmup-epochs": 0, "weight-decay": 0.05, "clip-norm": 0.5,
}  # fmt: skip
EXAMPLES = {"train": 32, "test": 16}
TOLERANCES = {"training loss": 1e-4, "gradient norm": 1e-3, "test loss": 1e-3, "weights": 2e-2}


def write_idx(folder: Path, size: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Noise with a hint of its class, as IDX files of colour pictures."""
    generator = np.random.default_rng(0)
    splits = {}
    for split, name in [("train", "train"), ("test", "t10k")]:
        labels = (np.arange(EXAMPLES[split]) % 10).astype(np.uint8)
        pictures = generator.integers(0, 200, (len(labels), size, size, 3)) + 5 * labels[:, None, None, None]
        splits[split] = (pictures.astype(np.uint8), labels)
        for kind, array in [("images-idx3", splits[split][0]), ("labels-idx1", labels)]:
            header = bytes([0, 0, 8, array.ndim]) + b"".join(count.to_bytes(4, "big") for count in array.shape)
            with gzip.open(folder / f"{name}-{kind}-ubyte.gz", "wb") as file:
                file.write(header + array.tobytes())
    return splits


def run_program(program: Path, folder: Path, name: str, row: dict, file: dict, train: dict) -> tuple[list[dict], dict]:
    """Trains one trial. Returns its curves and the tensors it ends with."""
    backbone = file["backbone"] | row.get("backbone", {})
    experiment = {
        "name": name, "question": "Is it the same work?", "layouts": {"it": row["layout"]}, "backbone": backbone,
        "dataset": {"name": "idx", "path": str(folder), "validation": 0, **EXAMPLES},
        "train": train | {"batch": EXAMPLES["train"]}, "seeds": 1,
    }  # fmt: skip
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(experiment))
    database = ["--database", folder / "results.sqlite"]
    weights = folder / f"{name} weights"
    command = [program, "run", folder / f"{name}.yaml", *database, "--weights", weights, "--quiet"]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    query = f"SELECT epoch, split, metric, value, gradient_norm FROM v_curves WHERE experiment = '{name}'"
    command = [program, "sql", query, *database, "--format", "jsonl"]
    output = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()], load_file(next(weights.rglob("*.safetensors")))


def train_twin(network: Backbone, splits: dict, steps: int) -> tuple[list[dict[str, float]], set[str]]:
    """Each step's values, and the names of the parameters that have a gradient."""
    pictures = splits["train"][0].astype(np.float64) / 255
    inputs, labels = {}, {}
    for split, (bytes_, numbers) in splits.items():
        normal = (bytes_.astype(np.float64) / 255 - pictures.mean()) / pictures.std()
        inputs[split] = torch.from_numpy(normal.astype(np.float32)).permute(0, 3, 1, 2).contiguous()
        labels[split] = torch.from_numpy(numbers.astype(np.int64))
    optimizer = torch.optim.AdamW(decay_groups(network), lr=TRAIN["lr"], fused=True)
    curves, moving = [], set()
    for _ in range(steps):
        network.train()
        loss = F.cross_entropy(network(inputs["train"]), labels["train"])
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(network.parameters(), TRAIN["clip-norm"], foreach=True)
        sizes = {name: parameter.grad.abs().max().item() for name, parameter in network.named_parameters()}
        moving = moving or {name for name, size in sizes.items() if size > 1e-5 * max(sizes.values())}
        optimizer.step()
        optimizer.zero_grad()
        with torch.inference_mode():
            answer = F.cross_entropy(network.eval()(inputs["test"]), labels["test"])
        curves.append({"training loss": loss.item(), "gradient norm": norm.item(), "test loss": answer.item()})
    return curves, moving


def differences(program: Path, name: str, row: dict, file: dict, steps: int) -> dict[str, float]:
    """The largest relative difference of each quantity; of the weights, the distance over the way that they have come."""
    size = (file["dataset"] | row.get("dataset", {}))["size"]
    backbone = file["backbone"] | row.get("backbone", {})
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        splits = write_idx(folder, size)
        still = TRAIN | {"epochs": 1, "lr": 1e-30, "weight-decay": 0}
        _, initial = run_program(program, folder, f"{name}-initial", row, file, still)
        curves, final = run_program(program, folder, name, row, file, TRAIN | {"epochs": steps})
    stem = backbone["stem"]
    network = Backbone(
        Settings(row["layout"], backbone["width"], stem["channels"], tuple(stem["strides"]), backbone["head-width"]))
    statistics = ("running_mean", "running_var", "num_batches_tracked")
    state = {key: value for key, value in initial.items() if not key.endswith(statistics)}
    missing = network.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys and all(key.endswith(statistics) for key in missing.missing_keys), missing
    found = dict.fromkeys(TOLERANCES, 0.0)
    twin_curves, moving = train_twin(network, splits, steps)
    for epoch, twin in enumerate(twin_curves, 1):
        own = {(line["split"], line["metric"]): line["value"] for line in curves if line["epoch"] == epoch}
        norm = next(line["gradient_norm"] for line in curves if line["epoch"] == epoch)
        values = {"training loss": own["train", "loss"], "gradient norm": norm, "test loss": own["test", "loss"]}
        for key, value in values.items():
            found[key] = max(found[key], abs(twin[key] - value) / abs(value))
    trained = network.state_dict()
    away = sum((trained[name] - final[name]).square().sum() for name in moving)
    path = sum((final[name] - initial[name]).square().sum() for name in moving)
    found["weights"] = (away / path).sqrt().item()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=BENCHMARKS.parent / ".build/release/ablate")
    parser.add_argument("--steps", type=int, default=4)
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    prepare()
    file = yaml.safe_load((BENCHMARKS / "layouts.yaml").read_text())
    failures = 0
    for name, row in file["layouts"].items():
        row = {"layout": row} if isinstance(row, str) else row
        for quantity, difference in differences(arguments.program, name, row, file, arguments.steps).items():
            failures += not difference <= TOLERANCES[quantity]
            print(f"{name:14} {quantity:14} {difference:.1e}  (at most {TOLERANCES[quantity]:.0e})", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
