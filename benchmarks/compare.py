"""Compares the program's speed with PyTorch's: `benchmarks/compare [--rounds 3] [--threads 1 2] [--compile]`.

The two take turns (A B A B ...) on the same layouts, batch and image size. PyTorch gets its fastest variant, found first:
channels_last or not, torch.compile or not (with --compile), its scan as a C++ extension, fused AdamW. The ratio of a round is
the program's median over PyTorch's; the table shows the ratios' median and range over the rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LAYOUTS = {"tiny": "C | C | M4 A4 | M2 A2", "all-mamba": "C | C | M8 | M4", "all-attention": "C | C | A8 | A4"}


def ablate(program: Path, work: str, threads: int, repeats: int, batch: int) -> dict[str, dict]:
    """The measured rows of layouts.yaml, by name."""
    command = [
        program, "bench", HERE / "layouts.yaml", "--work", work, "--threads", threads, "--repeats", repeats, "--batch",
        batch, "--input", "32x32x3", "--classes", "10", "--format", "json",
    ]  # fmt: skip
    output = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    rows = json.loads(output)
    return {row["layout"]: row for row in (rows["rows"] if isinstance(rows, dict) else rows)}


def twin(layout: str, work: str, threads: int, repeats: int, batch: int, options: list[str]) -> dict:
    """The last line of bench.py: the fastest variant and the sgemm rate."""
    command = [
        sys.executable, HERE / "pytorch" / "bench.py", LAYOUTS[layout], "--mode", "train" if work == "training" else "infer",
        "--threads", threads, "--repeats", repeats, "--batch", batch, *options,
    ]  # fmt: skip
    output = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def spread(values: list[float], digits: int = 0) -> str:
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f}–{max(values):.{digits}f}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, default=HERE.parent / ".build/release/ablate")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--compile", action="store_true", help="try torch.compile as well")
    arguments = parser.parse_args()
    print("| layout | work | threads | ablate, img/s | PyTorch, img/s | its variant | ratio | MFU | memory, MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for threads in arguments.threads:
        for work in ["training", "inference"]:
            sizes = (threads, arguments.repeats, arguments.batch)
            search = ["--compile"] if arguments.compile else []
            variants = {name: twin(name, work, *sizes, search)["fastest"]["variant"] for name in LAYOUTS}
            own: dict[str, list[dict]] = {name: [] for name in LAYOUTS}
            peer: dict[str, list[dict]] = {name: [] for name in LAYOUTS}
            for _ in range(arguments.rounds):
                measured = ablate(arguments.program, work, *sizes)
                for name in LAYOUTS:
                    own[name].append(measured[name])
                    peer[name].append(twin(name, work, *sizes, ["--only", variants[name]]))
            for name in LAYOUTS:
                ours = [row["median"] for row in own[name]]
                theirs = [row["fastest"]["median"] for row in peer[name]]
                rate = statistics.median(row["sgemm_gigaflops"] for row in peer[name])
                share = statistics.median(row["gigaflops"] for row in own[name]) / rate
                memory = max(row["peak_resident_bytes"] for row in own[name]) / 1e6
                print(
                    f"| {name} | {work} | {threads} | {spread(ours)} | {spread(theirs)} | {variants[name]} "
                    f"| {spread([a / b for a, b in zip(ours, theirs)], 2)} | {share:.2f} "
                    f"| {memory:.0f} against {max(row['fastest']['peak_rss_mb'] for row in peer[name]):.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
