"""The results as a table in Markdown."""

from __future__ import annotations

import statistics

HEADINGS = [
    "network", "work", "threads", "ablate, img/s", "PyTorch, img/s", "its variant", "ratio", "MFU", "its MFU",
    "memory, MB", "its memory, MB",
]  # fmt: skip
NAMES = {"1": "1", "2": "2", "whole": "2 × 1"}


def spread(values: list[float]) -> str:
    digits = 2 if max(values) < 10 else 1 if max(values) < 100 else 0
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} [{low:.{digits}f}–{high:.{digits}f}]"


def utilisation(piece: dict, side: str, work: str) -> float:
    """The model's floating-point operations a second over the rate of large products measured beside them.

    Two operations for each multiply–accumulate, and three times as many in training.
    """
    operations = piece["multiply_accumulates"] * (6 if work == "training" else 2)
    return statistics.median(round[side] * operations / 1e9 / round["product_gigaflops"] for round in piece["rounds"])


def row(name: str, piece: dict) -> str:
    network, work, mode = name.split("/")
    rounds = piece["rounds"]
    cells = [
        network, work, NAMES[mode], spread([round["own"] for round in rounds]), spread([round["peer"] for round in rounds]),
        piece["variant"].replace("+", " + "), spread([round["own"] / round["peer"] for round in rounds]),
        f"{utilisation(piece, 'own', work):.2f}", f"{utilisation(piece, 'peer', work):.2f}",
        f"{piece['own_peak_resident_bytes'] / 1e6:.0f}", f"{piece['peer_peak_resident_bytes'] / 1e6:.0f}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def table(results: dict) -> str:
    pieces = [(name, piece["measured"]) for name, piece in results["pieces"].items() if "measured" in piece]
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    lines += [row(name, piece) for name, piece in pieces]
    if pieces:
        for name, key in [("products of 1024×1024", "product_gigaflops"), ("multiply–add in registers", "peak_gigaflops")]:
            for mode, title in NAMES.items():
                rates = [r[key] for n, piece in pieces if n.endswith(f"/{mode}") for r in piece["rounds"]]
                if rates:
                    lines += [f"\nGFLOP/s of {name}, {title} thread(s): {spread(rates)}"]
    return "\n".join(lines) + "\n"
