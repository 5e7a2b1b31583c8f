"""Speed of the twin: images per second of a training step and of inference, the fastest variant of several.

`python bench.py "C | C | M4 A4 | M2 A2" --size 32 --batch 128 --threads 2` prints a JSON line for each variant that works
and, last, the fastest. A step is forward, mean cross-entropy, backward, clipping at norm 5 and fused AdamW.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable

import torch
from torch.nn import functional as F

from backbone import Backbone, Settings
from mixers import StateSpace


def step_of(network: Backbone, images: torch.Tensor, targets: torch.Tensor) -> Callable[[], None]:
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.05, fused=True)

    def step() -> None:
        F.cross_entropy(network(images), targets).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        optimizer.zero_grad()

    return step


def seconds(work: Callable[[], None], repeats: int, warmup: int) -> list[float]:
    for _ in range(warmup):
        work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def measure(arguments: argparse.Namespace, mode: str, scan: str, channels_last: bool, compiled: bool) -> dict:
    torch.manual_seed(0)
    StateSpace.scan = scan
    settings = Settings(arguments.layout, arguments.width, arguments.stem, tuple(arguments.strides), arguments.head_width)
    network = Backbone(settings)
    images = torch.randn(arguments.batch, 3, arguments.size, arguments.size)
    targets = torch.randint(0, 10, (arguments.batch,))
    if channels_last:
        network, images = network.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    run = torch.compile(network) if compiled else network
    if mode == "train":
        times = seconds(step_of(run, images, targets), arguments.repeats, arguments.warmup)
    else:
        run.eval()
        with torch.inference_mode():
            times = seconds(lambda: run(images), arguments.repeats, arguments.warmup)
    rates = sorted(arguments.batch / duration for duration in times)
    return {
        "layout": arguments.layout, "mode": mode, "threads": arguments.threads, "batch": arguments.batch, "scan": scan,
        "channels_last": channels_last, "compile": compiled, "median": statistics.median(rates), "min": rates[0],
        "max": rates[-1], "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }  # fmt: skip


def sgemm_gigaflops(size: int = 1024, repeats: int = 20) -> float:
    """The machine's rate of large single-precision products, with as many threads as the benchmark has."""
    a, b = torch.randn(size, size), torch.randn(size, size)
    times = seconds(lambda: a @ b, repeats, 3)
    return 2 * size**3 / statistics.median(times) / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layout")
    parser.add_argument("--mode", choices=["train", "infer"], default="train")
    for name, default in [
        ("width", 16), ("stem", 8), ("head-width", 16), ("size", 32), ("batch", 128), ("threads", 1), ("repeats", 10),
        ("warmup", 3),
    ]:  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--strides", type=int, nargs=2, default=[2, 1])
    parser.add_argument("--compile", action="store_true", help="try torch.compile as well")
    parser.add_argument("--only", choices=["plain", "channels_last", "compile", "compile+channels_last"])
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    results = []
    for compiled in [False, True] if arguments.compile or arguments.only else [False]:
        for channels_last in [False, True]:
            name = "+".join(["compile"] * compiled + ["channels_last"] * channels_last) or "plain"
            if arguments.only not in (None, name):
                continue
            try:
                results.append(measure(arguments, arguments.mode, "compiled", channels_last, compiled))
            except Exception as error:  # a variant that doesn't work here is no candidate
                print(json.dumps({"variant": name, "error": str(error)[:200]}))
                continue
            results[-1]["variant"] = name
            print(json.dumps(results[-1]), flush=True)
    fastest = max(results, key=lambda result: result["median"])
    print(json.dumps({"fastest": fastest, "sgemm_gigaflops": sgemm_gigaflops()}))


if __name__ == "__main__":
    main()
