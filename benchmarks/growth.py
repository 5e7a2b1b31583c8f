"""How the time of a training step grows: with the batch, the tokens, the blocks, and the data set. Needs gnuplot.

    python3 benchmarks/growth.py            # writes docs/growth.svg and docs/growth.json, in about a minute

The first three should be straight lines, attention over its own tokens a parabola, the last one flat. Every point is the fastest
of some steps of one thread.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPERIMENT = """
name: growth
question: How does a step grow?
dataset: {{name: recall-grid, train: {examples}, validation: 0, test: 1, size: 32}}
backbone: {{width: 16, stem: {{channels: 8, strides: [2, 1]}}}}
layouts: {{tiny: C | C | M4 A4 | M2 A2}}
train: {{epochs: 1, batch: 64}}
seeds: 1
"""


def bench(arguments: argparse.Namespace, *options: str | int) -> dict:
    command = [arguments.program, "bench", *options, "--work", "training", "--repeats", arguments.repeats, "--format", "jsonl"]
    output = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    return json.loads(output)


def milliseconds(row: dict) -> float:
    return 1000 * row["batch"] / row["maximum"]


def measure(arguments: argparse.Namespace) -> dict[str, list[tuple[float, float]]]:
    points: dict[str, list[tuple[float, float]]] = {}
    for batch in [16, 32, 64, 128, 256]:
        row = bench(arguments, "C | C | M4 A4 | M2 A2", "--input", "32x32x3", "--batch", batch)
        points.setdefault("batch", []).append((batch, milliseconds(row)))
    for mixer, name in [("M", "tokens, Mamba"), ("A", "tokens, attention")]:
        for side in [16, 32, 48, 64, 80, 96, 112]:  # a stem of stride 4
            row = bench(arguments, f"{mixer}4", "--width", 64, "--input", f"{side}x{side}x3", "--batch", 8)
            points.setdefault(name, []).append(((side // 4) ** 2, milliseconds(row)))
    for depth in [1, 2, 4, 8, 12, 16]:
        row = bench(arguments, f"M{depth}", "--width", 64, "--input", "32x32x3", "--batch", 16)
        points.setdefault("blocks", []).append((depth, milliseconds(row)))
    with tempfile.TemporaryDirectory() as folder:
        for examples in [1_000, 10_000, 100_000, 1_000_000, 10_000_000]:
            file = Path(folder) / f"{examples}.yaml"
            file.write_text(EXPERIMENT.format(examples=examples))
            points.setdefault("examples", []).append((examples, bench(arguments, file, "--data")["maximum"]))
    return points


def faster(points: dict, others: dict) -> dict:
    """Point by point the faster: fewer milliseconds, more images a second."""
    better = {name: max if name == "examples" else min for name in points}
    return {name: [(x, better[name](y, z)) for (x, y), (_, z) in zip(points[name], others[name])] for name in points}


def polynomial(name: str, points: list[tuple[float, float]]) -> tuple[list[float], float]:
    """The coefficients of the line of least relative error, of the parabola for attention over all tokens; and the largest
    relative distance from it.
    """
    terms = 3 if name == "tokens, attention" else 2
    rows = [[x**power / y for power in range(terms)] for x, y in points]
    # Normal equations, solved by elimination.
    system = [[sum(row[i] * row[j] for row in rows) for j in range(terms)] + [sum(row[i] for row in rows)] for i in range(terms)]
    for i in range(terms):
        system[i] = [value / system[i][i] for value in system[i]]
        for j in range(terms):
            if j != i:
                system[j] = [a - system[j][i] * b for a, b in zip(system[j], system[i])]
    factors = [row[-1] for row in system]
    return factors, max(abs(sum(f * x**power for power, f in enumerate(factors)) - y) / y for x, y in points)


PANELS = [
    ("images of a step", "ms a step", ["batch"]), ("tokens of an image", "ms a step", ["tokens, Mamba", "tokens, attention"]),
    ("blocks", "ms a step", ["blocks"]), ("training examples", "images a second", ["examples"]),
]  # fmt: skip


def plot(points: dict[str, list[tuple[float, float]]], path: Path) -> None:
    script = [
        "set terminal svg size 800,600 font 'sans-serif,13' background rgb 'white'", f"set output '{path}'",
        "set multiplot layout 2,2", "set key top left reverse Left samplen 1", "set grid lc rgb '#dddddd'",
        "set border 3", "set tics nomirror",
    ]  # fmt: skip
    for names in points:
        rows = "\n".join(f"{x} {y}" for x, y in points[names])
        script.append(f"$d{list(points).index(names)} << END\n{rows}\nEND")
    for x_label, y_label, names in PANELS:
        flat = names == ["examples"]
        script.append("set logscale x; set format x '10^{%L}'" if flat else "unset logscale; set format x '%g'")
        highest = max(y for name in names for _, y in points[name])
        script.append(f"set xlabel '{x_label}'; set ylabel '{y_label}'; set yrange [0:{1.15 * highest}]")
        curves = []
        for colour, name in zip(["#1f6fb4", "#d06010"], names):
            data = f"$d{list(points).index(name)}"
            title = f"title '{name.split(', ')[1]}'" if len(names) > 1 else "notitle"
            curves.append(f"{data} with points pt 7 ps 0.7 lc rgb '{colour}' {title}")
            terms = [f"{factor} * x**{power}" for power, factor in enumerate(polynomial(name, points[name])[0])]
            fit = f"{statistics.median(y for _, y in points[name])}" if flat else " + ".join(terms)
            curves.append(f"{fit} with lines lw 1.2 lc rgb '{colour}' notitle")
        script.append("plot " + ", ".join(curves))
    subprocess.run(["gnuplot"], input="\n".join(script) + "\n", text=True, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / ".build/release/ablate")
    parser.add_argument("--output", type=Path, default=ROOT / "docs", help="folder of growth.svg and growth.json")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--add", action="store_true", help="measure again and keep the faster of either run, point by point")
    parser.add_argument("--plot-only", action="store_true", help="draw what growth.json holds")
    arguments = parser.parse_args()
    path = arguments.output / "growth.json"
    points = json.loads(path.read_text()) if arguments.plot_only else measure(arguments)
    if arguments.add:
        points = faster(points, json.loads(path.read_text()))
    path.write_text(json.dumps(points, indent=1) + "\n")
    plot(points, arguments.output / "growth.svg")
    for name, values in points.items():
        if name == "examples":
            rates = [rate for _, rate in values]
            print(f"{name}: {min(rates):.0f} to {max(rates):.0f} images a second")
        else:
            factors, distance = polynomial(name, values)
            law = " + ".join(f"{factor:.3g} n^{power}" if power else f"{factor:.3g}" for power, factor in enumerate(factors))
            print(f"{name}: {law} ms; at most {distance:.0%} off")


if __name__ == "__main__":
    main()
