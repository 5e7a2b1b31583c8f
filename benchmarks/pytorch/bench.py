"""One variant of the twin as a server that measures on request: the peer of `ablate bench --on-request`.

It builds the network, warms up, and prints a line of JSON, `{"ready": …}`. Then it reads requests, one a line:
    steps N      does N steps         → {"seconds": [...]}
    product      times products       → {"gigaflops": …}, the rate of large single-precision products, all threads together
    peak         times multiply-adds  → {"gigaflops": …}, the rate of multiply-adds on registers, all threads together
and at the end of its input prints `{"peak_resident_bytes": …}`. A process holds one variant only, so that its memory is its own.

A training step is forward, mean cross-entropy, backward, clipping at norm 5 and fused AdamW with weight decay on matrices
alone; inference runs in eval mode without gradients. Both are what `ablate bench` does (see same_work.py).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable

import torch
from torch.nn import functional as F

from backbone import Backbone, Settings
from mixers import StateSpace
from scan import prepare as prepare_scan

VARIANTS = ["plain", "channels_last", "compile", "compile+channels_last"]


def decay_groups(network: Backbone) -> list[dict]:
    """Weight decay for what has two or more dimensions and is no bias, as the official training groups parameters."""
    named = list(network.named_parameters())
    decays = lambda name, p: p.ndim > 1 and not name.endswith(".bias")  # noqa: E731
    return [
        {"params": [p for name, p in named if decays(name, p)], "weight_decay": 0.05},
        {"params": [p for name, p in named if not decays(name, p)], "weight_decay": 0.0},
    ]


def training_step(network: Backbone, run: torch.nn.Module, images: torch.Tensor, targets: torch.Tensor) -> Callable[[], None]:
    parameters = list(network.parameters())
    optimizer = torch.optim.AdamW(decay_groups(network), lr=1e-4, fused=True)

    def step() -> None:
        F.cross_entropy(run(images), targets).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5.0, foreach=True)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    return step


def inference_step(run: torch.nn.Module, images: torch.Tensor) -> Callable[[], None]:
    def step() -> None:
        with torch.inference_mode():
            run(images)

    return step


def settings(arguments: argparse.Namespace) -> Settings:
    return Settings(
        arguments.layout, arguments.width, arguments.stem, tuple(arguments.strides), arguments.head_width,
        heads=arguments.heads, windows=arguments.windows, classes=arguments.classes,
    )  # fmt: skip


def prepare(arguments: argparse.Namespace) -> Callable[[], None]:
    torch.manual_seed(0)
    StateSpace.scan = arguments.scan
    if arguments.scan == "compiled":
        prepare_scan()
    network = Backbone(settings(arguments), drop_path=arguments.drop_path)
    images = torch.rand(arguments.batch, 3, arguments.size, arguments.size) * 2 - 1
    targets = torch.arange(arguments.batch) % arguments.classes
    if "channels_last" in arguments.variant:
        network, images = network.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    is_training = arguments.work == "training"
    network.train(is_training)
    if "compile" in arguments.variant:
        if not is_training:
            torch._inductor.config.freezing = True  # weights become constants: folded and packed once
        run = torch.compile(network, dynamic=False)
    else:
        run = network
    return training_step(network, run, images, targets) if is_training else inference_step(run, images)


def seconds(work: Callable[[], None], repeats: int) -> list[float]:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def product_rate(size: int = 1024, repeats: int = 12) -> float:
    a, b = torch.randn(size, size), torch.randn(size, size)
    return 2 * size**3 / sorted(seconds(lambda: a @ b, repeats))[repeats // 2] / 1e9


def peak_resident_bytes() -> int:
    """What `ablate` reports of itself, from the same place."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def say(message: dict) -> None:
    print(json.dumps(message), flush=True)


def serve(work: Callable[[], None]) -> None:
    for line in sys.stdin:
        request, *numbers = line.split()
        if request == "steps":
            say({"seconds": seconds(work, int(numbers[0]))})
        elif request == "product":
            say({"gigaflops": product_rate()})
        elif request == "peak":
            say({"gigaflops": torch.ops.ablate.multiply_add_rate(torch.get_num_threads())})
        else:
            raise SystemExit(f"`{request}` is no request")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layout")
    parser.add_argument("--work", choices=["training", "inference"], default="training")
    parser.add_argument("--variant", choices=VARIANTS, default="plain")
    parser.add_argument("--scan", choices=["loop", "compiled"], default="compiled")
    for name, default in [
        ("width", 16), ("stem", 8), ("head-width", 16), ("size", 32), ("batch", 128), ("classes", 10), ("threads", 1),
        ("warmup", 3),
    ]:  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--drop-path", type=float, default=0)
    parser.add_argument("--strides", type=int, nargs=2, default=[2, 1])
    parser.add_argument("--heads", type=int, nargs="*", default=[])
    parser.add_argument("--windows", type=int, nargs="*", default=[])
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    work = prepare(arguments)
    warmup = seconds(work, arguments.warmup)
    say({"ready": arguments.variant, "warmup_seconds": warmup, "torch": torch.__version__})
    serve(work)
    say({"peak_resident_bytes": peak_resident_bytes()})


if __name__ == "__main__":
    main()
