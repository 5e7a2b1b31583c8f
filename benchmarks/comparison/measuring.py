"""What is measured for one piece: a network, a kind of work, and how the machine is shared."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from . import servers
from .networks import Network
from .servers import Server, Variant

# Threads of a process and how many processes run at once.
MODES = {"1": (1, 1), "2": (2, 1), "whole": (1, 2)}
WORKS = ["training", "inference"]


@dataclass(frozen=True)
class Piece:
    network: Network
    work: str
    mode: str

    @property
    def name(self) -> str:
        return f"{self.network.name}/{self.work}/{self.mode}"

    @property
    def threads(self) -> int:
        return MODES[self.mode][0]

    @property
    def processes(self) -> int:
        return MODES[self.mode][1]

    @property
    def warmup(self) -> int:
        """Fewer where a step takes seconds."""
        return 1 if self.network.batch < 64 else 3


class Side:
    """The processes of one side, which work at the same time."""

    def __init__(self, piece: Piece, processes: list[Server]) -> None:
        self.piece = piece
        self.servers = processes
        self.facts = [server.answer() for server in processes]

    def ask(self, request: str) -> list[dict]:
        for server in self.servers:
            server.ask(request)
        return [server.answer() for server in self.servers]

    def rate(self, steps: int) -> tuple[float, list[list[float]]]:
        """Images a second of all processes together over so many steps each, and each step's seconds."""
        seconds = [answer["seconds"] for answer in self.ask(f"steps {steps}")]
        return sum(self.piece.network.batch / statistics.median(times) for times in seconds), seconds

    def steps_for(self, duration: float) -> int:
        _, seconds = self.rate(1)
        return max(1, round(duration / max(times[0] for times in seconds)))

    def total(self, request: str) -> float:
        return sum(answer["gigaflops"] for answer in self.ask(request))

    def close(self) -> int:
        return max(server.close() for server in self.servers)


def measure(piece: Piece, program: Path, variants: list[Variant], rounds: int, duration: float) -> dict:
    """Rounds of the one side and of the other in turn (A B A B …), the machine's rates in between.

    Several variants of the peer take turns too; the fastest over all rounds is its result.
    """
    started: list[Server] = []

    def side(start) -> Side:  # noqa: ANN001
        processes = [start() for _ in range(piece.processes)]
        started.extend(processes)
        return Side(piece, processes)

    try:
        own = side(lambda: servers.own(program, piece.network, piece.work, piece.threads, piece.warmup))
        peers = {}
        for variant in variants:
            peers[variant.name] = side(
                lambda: servers.peer(piece.network, piece.work, piece.threads, piece.warmup, variant))  # noqa: B023
        steps = {"own": own.steps_for(duration)} | {name: peer.steps_for(duration) for name, peer in peers.items()}
        turns, disturbed = undisturbed(lambda: turn(own, peers, steps), rounds)
        tried = {name: statistics.median(turn["peers"][name] for turn in turns) for name in peers}
        best = max(tried, key=tried.__getitem__)
        return {
            "variant": best, "tried": tried, "multiply_accumulates": own.facts[0]["multiply_accumulates"],
            "torch": peers[best].facts[0]["torch"], "disturbed": disturbed,
            "rounds": [{key: value for key, value in turn.items() if key != "peers"} | {"peer": turn["peers"][best]}
                       for turn in turns],
            "own_peak_resident_bytes": own.close(),
            "peer_peak_resident_bytes": {name: peer.close() for name, peer in peers.items()}[best],
        }  # fmt: skip
    except BaseException:
        for server in started:
            server.kill()
        raise


def undisturbed(turn, rounds: int) -> tuple[list[dict], int]:  # noqa: ANN001
    """So many turns in which nobody else seems to have used the machine, and how many others were dropped.

    Dropped are both sides' numbers together, and only for the machine's own rate before or after the turn: below nine tenths of
    the highest seen.
    """
    turns, good = [], []
    while len(good) < rounds and len(turns) < 2 * rounds:
        turns.append(turn())
        highest = max(turn["peak_gigaflops"] for turn in turns)
        good = [turn for turn in turns if turn["peak_gigaflops"] >= 0.9 * highest]
    return good, len(turns) - len(good)


def turn(own: Side, peers: dict[str, Side], steps: dict[str, int]) -> dict:
    machine = next(iter(peers.values()))
    before = machine.total("peak")
    own_rate, seconds = own.rate(steps["own"])
    rates = {name: peer.rate(steps[name])[0] for name, peer in peers.items()}
    return {
        "own": own_rate, "own_seconds": seconds, "peers": rates, "product_gigaflops": machine.total("product"),
        "peak_gigaflops": min(before, machine.total("peak")),
    }  # fmt: skip


def try_variant(piece: Piece, variant: Variant, duration: float) -> dict:
    """The peer alone in one of its variants."""
    start = [servers.peer(piece.network, piece.work, piece.threads, piece.warmup, variant) for _ in range(piece.processes)]
    try:
        side = Side(piece, start)
        rate, _ = side.rate(side.steps_for(duration))
        return {"rate": rate, "peak_resident_bytes": side.close()}
    except servers.ServerEnded as end:
        return {"error": str(end)}
    finally:
        for server in start:
            server.kill()
