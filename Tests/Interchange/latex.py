"""The LaTeX tables compile without an error, and their numbers are those of JSON."""

import json
import re
import subprocess
import sys


def compiles(name):
    document = "\\documentclass{article}\\usepackage{booktabs}\\begin{document}\n"
    document += f"\\input{{{name}.tex}}\n\\end{{document}}\n"
    open("document.tex", "w", encoding="utf-8").write(document)
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "document.tex"], capture_output=True)
    log = run.stdout.decode(errors="replace")
    assert run.returncode == 0, f"{name}.tex does not compile:\n{log[-2000:]}"
    assert "Missing character" not in log, f"{name}.tex: a character is missing:\n{log}"


def cells(name):
    """The cells of the first table, without commands that only say how they look."""
    text = open(f"{name}.tex", encoding="utf-8").read()
    body = re.search(r"(?s)\\midrule\n(.*?)\\bottomrule", text).group(1)
    rows = []
    for line in body.strip().split("\n"):
        line = line.strip().removesuffix("\\\\").strip()
        line = re.sub(r"\\textbf\{(.*?)\}( &|$)", r"\1\2", line)
        line = line.replace("$-$", "-").replace("$\\approx$", "").replace("$\\triangleright$", "")
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)&", line)])
    return rows


def head(name):
    text = open(f"{name}.tex", encoding="utf-8").read()
    return [cell.strip() for cell in re.search(r"\\toprule\n(.*?)\\\\\n", text).group(1).split(" & ")]


for experiment in sys.argv[1:]:
    for kind in ["results", "summary", "compare", "show"]:
        compiles(f"{experiment}-{kind}")
    summary = json.load(open(f"{experiment}-summary.json", encoding="utf-8"))
    columns = head(f"{experiment}-summary")
    table = cells(f"{experiment}-summary")
    checked = 0
    for row, line in zip(summary["rows"], table):
        for title, value, digits in [
            ("mean", row["mean"], 2), ("$\\pm$ sd", row["sd"], 2), ("$\\Delta$", (row["difference"] or {}).get("mean"), 2)
        ]:
            found = line[columns.index(title)]
            if value is None:
                assert found == "", f"{experiment}: {row['name']} {title} is {found!r}"
            else:
                assert abs(float(found) - 100 * value) <= 0.5 * 10**-digits + 1e-9, (row["name"], title, found, value)
                checked += 1
        low_high = re.findall(r"[-+]?[0-9.]+", line[columns.index("95 \\% interval")])
        if row["difference"]:
            for found, value in zip(low_high, [row["difference"]["low"], row["difference"]["high"]]):
                assert abs(float(found) - 100 * value) <= 0.005 + 1e-9, (row["name"], found, value)
                checked += 1
    results = json.load(open(f"{experiment}-results.json", encoding="utf-8"))["rows"]
    columns = head(f"{experiment}-results")
    for row, line in zip(results, cells(f"{experiment}-results")):
        assert abs(float(line[columns.index("value")]) - row["value"]) <= 0.00005 + 1e-12, (row, line)
        checked += 1
    print(f"{experiment}: 4 LaTeX tables compile; {checked} numbers equal those of JSON")
