"""Executes the Python, SQL and shell snippets of documents that need packages from pip."""

import glob
import re
import subprocess
import sys

import duckdb

for path in sys.argv[1:]:
    blocks = re.findall(r"(?ms)^```(\w+)(?: needs=pip)?\n(.*?)^```", open(path, encoding="utf-8").read())
    marked = re.findall(r"(?ms)^```(\w+) needs=pip\n(.*?)^```", open(path, encoding="utf-8").read())
    run = 0
    for language, text in marked + [block for block in blocks if block[0] == "python" and block not in marked]:
        if language == "python":
            subprocess.run([sys.executable, "-c", text], check=True, stdout=subprocess.DEVNULL)
        elif language == "sh":
            subprocess.run(["bash", "-ec", text], check=True, stdout=subprocess.DEVNULL)
        elif language == "sql":
            duck = duckdb.connect()
            [extension] = glob.glob(
                f"{sys.prefix}/lib/python*/site-packages/duckdb_extension_sqlite_scanner/extensions/*/*.duckdb_extension")
            duck.execute(f"LOAD '{extension}'")
            for statement in filter(str.strip, text.split(";")):
                rows = duck.execute(statement).fetchall()
            assert rows, text
        run += 1
    assert run, f"{path} has no such snippet"
    print(f"{path.rsplit('/docs/')[-1]}: {run} snippets run")
