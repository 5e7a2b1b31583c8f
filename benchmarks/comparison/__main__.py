"""Compares the program's speed with PyTorch's.

A piece is a network, a kind of work and a mode: 1 or 2 threads, or `whole`, two processes of one thread at once on either
side. For each piece the peer's variants are tried first and the fastest is taken; then both sides take turns (A B A B …).
What is measured already is kept: the same command goes on where it stopped. Without a search (`--phase measure` alone), all of
`--forms` take turns with the program, and the fastest is the peer's result.

    benchmarks/compare                                  everything
    benchmarks/compare --only tiny/training micro       pieces whose names contain one of these
    benchmarks/compare --phase prepare                  compile what torch.compile compiles, so that trying it is quick
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
from pathlib import Path

from . import servers
from .measuring import MODES, WORKS, Piece, measure, try_variant
from .networks import BENCHMARKS, networks
from .report import table
from .servers import Variant

FORMS = ["plain", "channels_last", "compile", "compile+channels_last"]


def main() -> None:
    arguments = parse()
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(BENCHMARKS / "venv" / "inductor"))
    servers.build_mkl_switch()
    path = arguments.output / "comparison.json"
    results = json.loads(path.read_text()) if path.exists() else {"pieces": {}}
    for piece in wanted(arguments.only):
        result = results["pieces"].setdefault(piece.name, {})
        for phase in ["search", "measure"] if arguments.phase == "all" else [arguments.phase]:
            for note in PHASES[phase](piece, result, arguments):
                results |= {"date": str(datetime.date.today()), "processor": processor(), "system": platform.platform()}
                order = {piece.name: place for place, piece in enumerate(wanted([]))}
                results["pieces"] = dict(sorted(results["pieces"].items(), key=lambda item: order.get(item[0], 0)))
                save(arguments.output, results)
                print(f"{piece.name}: {note}", flush=True)


def prepare(piece: Piece, result: dict, arguments: argparse.Namespace):
    """Fills torch.compile's cache; nothing is measured. Two processes of one thread need what one needs."""
    if piece.processes > 1:
        return
    for form in (form for form in arguments.forms if "compile" in form):
        if form not in result.get("prepared", []) and form not in result.get("tried", {}):
            outcome = try_variant(piece, Variant(form), 0)
            result.setdefault("prepared", []).append(form)
            yield f"prepared {form}" + (f": {outcome['error']}" if "error" in outcome else "")


def search(piece: Piece, result: dict, arguments: argparse.Namespace):
    """Tries the forms with all libraries, then the fastest form with fewer."""
    sets = servers.preloads()
    tried = result.setdefault("tried", {})

    def fresh(variants: list[Variant]):
        for variant in variants:
            if variant.name not in tried:
                tried[variant.name] = try_variant(piece, variant, arguments.seconds)
                yield f"{variant.name} {tried[variant.name].get('rate', 0):.4g} img/s"

    yield from fresh([Variant(form, sets[0]) for form in arguments.forms])
    best = Variant.named(fastest(tried))
    yield from fresh([Variant(best.form, libraries) for libraries in sets[1:]])


def compare(piece: Piece, result: dict, arguments: argparse.Namespace):
    if "measured" in result and not arguments.again:
        return
    if result.get("tried"):
        variants = [Variant.named(fastest(result["tried"]))]
    else:
        variants = [Variant(form, servers.preloads()[0]) for form in arguments.forms]
    result["measured"] = measure(piece, arguments.program, variants, arguments.rounds, arguments.seconds)
    rounds = result["measured"]["rounds"]
    ratios = sorted(round["own"] / round["peer"] for round in rounds)
    yield f"{rounds[-1]['own']:.4g} against {rounds[-1]['peer']:.4g} img/s, ratio {ratios[0]:.2f} to {ratios[-1]:.2f}"


PHASES = {"prepare": prepare, "search": search, "measure": compare}


def fastest(tried: dict[str, dict]) -> str:
    return max(tried, key=lambda name: tried[name].get("rate", 0), default="channels_last")


def wanted(only: list[str]) -> list[Piece]:
    pieces = [Piece(network, work, mode) for network in networks() for work in WORKS for mode in MODES]
    return [piece for piece in pieces if not only or any(part in piece.name for part in only)]


def save(folder: Path, results: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in [("comparison.json", json.dumps(results, indent=1) + "\n"), ("comparison.md", table(results))]:
        temporary = folder / (name + ".new")
        temporary.write_text(text)
        temporary.replace(folder / name)


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    facts = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    if "model name" not in facts:
        return platform.machine()
    return f"{facts['model name']}, family {facts.get('cpu family')}, model {facts.get('model')}"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[], metavar="PART", help="pieces whose names contain one of these")
    parser.add_argument("--phase", choices=["all", "prepare", "search", "measure"], default="all")
    parser.add_argument(
        "--forms", nargs="+", choices=FORMS, default=FORMS, metavar="FORM",
        help=f"the peer's variants that are tried: {', '.join(FORMS)}")
    parser.add_argument("--again", action="store_true", help="measure again what is measured")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each side (default: 5)")
    parser.add_argument("--seconds", type=float, default=1.5, help="length of a turn (default: 1.5)")
    parser.add_argument("--program", type=Path, default=BENCHMARKS.parent / ".build/release/ablate")
    parser.add_argument("--output", type=Path, default=BENCHMARKS / "results", help="folder of comparison.json and .md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
