"""Makes a large results database, to measure what reads it: 100 rows × 100 seeds × 100 epochs unless told otherwise.

    python3 benchmarks/large_database.py large.sqlite && time ablate summary large --database large.sqlite

One small trial is really run, so that the database has the program's present schema; then its rows are copied, each trial
with an identity and results of its own. The copies keep every column that this script does not know.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import tempfile
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent / ".build/release/ablate"
EXPERIMENT = """
name: large
question: How long does a large database take?
dataset: {name: recall-grid, train: 64, validation: 16, test: 16, pairs: [2], test-pairs: [2, 4], size: 32}
layouts: {row-0: M A}
train: {epochs: 1, batch: 64}
seeds: 1
"""


def copy(database: sqlite3.Connection, table: str, source: str, **changes: str) -> None:
    """Copies rows of a table, combined with the rows of `source`, with some columns computed by SQL; `o` is the old row."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values = [changes.get(column, f"o.{column}") for column in columns]
    database.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} o, {source}")


def numbers(name: str, column: str, first: int, count: int) -> str:
    return f"(WITH RECURSIVE n(x) AS (SELECT {first} UNION ALL SELECT x + 1 FROM n WHERE x + 1 < {count}) SELECT x AS {column} FROM n) {name}"


def enlarge(database: sqlite3.Connection, rows: int, seeds: int, epochs: int) -> None:
    """From one row, one seed and one epoch to so many of each."""
    copy(database, "epoch", numbers("e", "n", 2, epochs + 1), epoch="e.n")
    copy(database, "metric", numbers("e", "n", 2, epochs + 1), epoch="e.n")
    copy(database, "experiment_row", numbers("r", "n", 1, rows), id="r.n + 1", position="r.n", name="'row-' || r.n")
    copy(database, "experiment_seed", numbers("s", "n", 1, seeds), seed="s.n", position="s.n")
    trials = f"(SELECT n, n / {seeds} AS place, n % {seeds} AS seed, printf('%064x', n) AS identity FROM {numbers('t', 'n', 1, rows * seeds)}) t"
    selected = "(SELECT id FROM attempt)"
    copy(database, "trial", trials, identity="t.identity", seed="t.seed", selected_attempt=f"t.n + {selected}")
    copy(database, "row_trial", trials, row="t.place + 1", seed="t.seed", trial="t.identity")
    copy(database, "attempt", trials, id="o.id + t.n", trial="t.identity")
    for table in ["measurement", "result", "epoch", "metric"]:
        changes = {"attempt": "o.attempt + t.n"}
        if table == "result":
            changes["value"] = "o.value * (0.9 + 0.0002 * (t.n * 7919 % 1000)) + 0.001 * t.place"
        copy(database, table, trials, **changes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    for name in ["rows", "seeds", "epochs"]:
        parser.add_argument(f"--{name}", type=int, default=100)
    parser.add_argument("--program", type=Path, default=PROGRAM)
    arguments = parser.parse_args()
    if arguments.database.exists():
        parser.error(f"{arguments.database} exists already")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.yaml"
        file.write_text(EXPERIMENT)
        run = [arguments.program.resolve(), "run", file, "--database", arguments.database.resolve(), "--quiet"]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
    database = sqlite3.connect(arguments.database)
    database.execute("PRAGMA foreign_keys = OFF")
    with database:
        enlarge(database, arguments.rows, arguments.seeds, arguments.epochs)
    database.execute("PRAGMA foreign_keys = ON")
    problems = database.execute("PRAGMA foreign_key_check").fetchall()
    counts = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("trial", "epoch", "metric")}
    print(", ".join(f"{count} rows of {table}" for table, count in counts.items()))
    if problems:
        raise SystemExit(f"the copies do not fit together: {problems[:5]}")


if __name__ == "__main__":
    main()
