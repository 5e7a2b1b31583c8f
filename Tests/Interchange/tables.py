"""CSV, TSV and JSON lines come back through pandas as the numbers and names that JSON has."""

import json
import sys

import pandas


def compare(name, frame, rows):
    assert len(frame) == len(rows), f"{name}: {len(frame)} rows instead of {len(rows)}"
    for (_, line), row in zip(frame.iterrows(), rows):
        assert list(line.index) == list(row), f"{name}: columns {list(line.index)} instead of {list(row)}"
        for key, value in row.items():
            found = line[key]
            if value is None:
                assert pandas.isna(found) or found == "", f"{name}: {key} is {found!r} instead of nothing"
            elif isinstance(value, bool):
                assert str(found).lower() == str(value).lower(), f"{name}: {key} is {found!r} instead of {value!r}"
            else:
                assert found == value, f"{name}: {key} is {found!r} instead of {value!r}"


def unescaped(value):
    """What TSV's escapes stand for."""
    if not isinstance(value, str):
        return value
    signs = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
    text, rest = "", value
    while rest:
        text, rest = (text + signs[rest[:2]], rest[2:]) if rest[:2] in signs else (text + rest[0], rest[1:])
    return text


for experiment in sys.argv[1:]:
    for kind in ["results", "summary"]:
        base = f"{experiment}-{kind}"
        lines = [json.loads(line) for line in open(f"{base}.jsonl", encoding="utf-8")]
        csv = pandas.read_csv(f"{base}.csv", keep_default_na=True)
        compare(f"{base}.csv", csv, lines)
        # Round trip: what pandas writes is what it has read.
        csv.to_csv("again.csv", index=False)
        pandas.testing.assert_frame_equal(csv, pandas.read_csv("again.csv"))
        tsv = pandas.read_csv(f"{base}.tsv", sep="\t", quoting=3)
        compare(f"{base}.tsv", tsv.map(unescaped), lines)
        if kind == "results":
            assert json.load(open(f"{base}.json", encoding="utf-8"))["rows"] == lines
        print(f"{base}: {len(lines)} rows equal in csv, tsv, jsonl and json")
