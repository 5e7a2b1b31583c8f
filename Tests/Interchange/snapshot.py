"""The snapshot opens in Python's sqlite3, sqlite-utils, Datasette and DuckDB, and all read the same rows."""

import glob
import json
import sqlite3
import subprocess
import sys

import duckdb

path = sys.argv[1]
query = 'SELECT experiment, "row", seed, state, value FROM v_trials ORDER BY experiment, position, seed'

connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
expected = connection.execute(query).fetchall()
assert len(expected) > 4 and all(row[3] == "done" for row in expected)
assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


rows = json.loads(output("sqlite-utils", "query", path, query))
assert [tuple(row.values()) for row in rows] == expected, "sqlite-utils"

name = path.removesuffix(".sqlite")
answer = json.loads(output("datasette", path, "--get", f"/{name}/v_trials.json?_size=max&_shape=objects"))
assert len(answer["rows"]) == len(expected), "Datasette"
assert {row["row"] for row in answer["rows"]} == {row[1] for row in expected}, "Datasette"

duck = duckdb.connect()
extension = glob.glob(f"{sys.prefix}/lib/python*/site-packages/duckdb_extension_sqlite_scanner/extensions/*/*.duckdb_extension")
duck.execute(f"LOAD '{extension[0]}'")
duck.execute(f"ATTACH '{path}' AS results (TYPE sqlite, READ_ONLY)")
rows = duck.execute(query.replace("v_trials", "results.v_trials")).fetchall()
assert rows == expected, "DuckDB"
assert not glob.glob(f"{path}-*"), "nobody had to make a file beside it"
print(f"snapshot: {len(expected)} trials equal in sqlite3, sqlite-utils, Datasette and DuckDB {duckdb.__version__}")
