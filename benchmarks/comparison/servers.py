"""The two sides as processes that measure on request: `ablate bench --on-request` and the twin's bench.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .networks import BENCHMARKS, Network

TWIN = BENCHMARKS / "pytorch" / "bench.py"
TCMALLOC = [
    Path(folder) / "libtcmalloc_minimal.so.4" for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")
]
MKL = BENCHMARKS / "venv" / "mkl.so"


@dataclass(frozen=True)
class Variant:
    """One way to run the peer."""

    form: str
    # tcmalloc: another allocator; mkl: MKL's kernels for Intel's processors on others too.
    preloads: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return "+".join([self.form, *self.preloads])

    @staticmethod
    def named(name: str) -> Variant:
        parts = name.split("+")
        preloads = tuple(part for part in parts if part in ("tcmalloc", "mkl"))
        return Variant("+".join(part for part in parts if part not in preloads), preloads)

    def environment(self) -> dict[str, str]:
        libraries = {"tcmalloc": tcmalloc(), "mkl": MKL}
        return {"LD_PRELOAD": ":".join(str(libraries[name]) for name in self.preloads)} if self.preloads else {}


def tcmalloc() -> Path | None:
    return next((path for path in TCMALLOC if path.exists()), None)


def build_mkl_switch() -> None:
    """MKL picks its fast kernels by the processor's maker; a function of its own that says yes is asked first."""
    if MKL.exists():
        return
    source = "int mkl_serv_intel_cpu_true(void) { return 1; }"
    subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", str(MKL)], input=source, text=True, check=True)


def preloads() -> list[tuple[str, ...]]:
    """The sets of libraries that can be tried here, the likely best first."""
    names = ["tcmalloc"] * (tcmalloc() is not None) + ["mkl"]
    return [tuple(names)] + [(name,) for name in names if len(names) > 1] + [()]


class Server:
    """One process; requests go to its standard input, answers come from its standard output, one line each."""

    def __init__(self, command: Sequence[str | Path], environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [str(part) for part in command], env=os.environ | (environment or {}), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, request: str) -> None:
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise ServerEnded(self.process.stderr.read().strip().splitlines()[-1:] or ["it ended"])
        return json.loads(line)

    def close(self) -> int:
        """Ends the process. Returns the highest resident set size in bytes."""
        self.process.stdin.close()
        peak = self.answer()["peak_resident_bytes"]
        self.process.wait()
        return peak

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class ServerEnded(Exception):
    """A side ended before it answered."""


def own(program: Path, network: Network, work: str, threads: int, warmup: int) -> Server:
    options = ["--work", work, "--threads", str(threads), "--warmup", str(warmup), "--on-request"]
    return Server([program, "bench", *network.own, *options])


def peer(network: Network, work: str, threads: int, warmup: int, variant: Variant) -> Server:
    options = ["--work", work, "--threads", str(threads), "--warmup", str(warmup), "--variant", variant.form]
    return Server([sys.executable, TWIN, *network.peer, *options], variant.environment())
