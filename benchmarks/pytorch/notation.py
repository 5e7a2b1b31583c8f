"""The part of the layout notation that needs no placements: `C | C3 | M4 A4 | (A M)2`, letters or words."""

from __future__ import annotations

import re

LETTERS = {
    "C": "conv", "M": "mamba", "A": "attention", "I": "identity", "N": "no-scan", "G": "gated-mamba",
    "B": "bidirectional-mamba",
}  # fmt: skip
_TOKEN = re.compile(r"\s*(?:(?P<word>[a-z][a-z-]*)|(?P<letter>[A-Z])|(?P<open>\()|(?P<close>\)))(?:\*?(?P<count>\d+))?")


def stages(text: str) -> list[list[str]]:
    """The mixers of each stage: `C | M2 A` is `[["conv"], ["mamba", "mamba", "attention"]]`."""
    return [_stage(part.strip()) for part in text.split("|")]


def _stage(text: str) -> list[str]:
    groups: list[list[str]] = [[]]
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"`{text[position:]}` of `{text}` is beyond this twin: letters, words, counts and groups only")
        count = int(match["count"] or 1)
        if match["open"]:
            groups.append([])
        elif match["close"]:
            if len(groups) == 1:
                raise ValueError(f"`{text}` closes a group that it does not open")
            groups[-2].extend(groups.pop() * count)
        else:
            groups[-1].extend([_mixer(match["word"] or match["letter"])] * count)
        position = match.end()
    if len(groups) != 1 or not groups[0]:
        raise ValueError(f"`{text}` is no stage")
    return groups[0]


def _mixer(name: str) -> str:
    word = LETTERS.get(name, name)
    if word not in LETTERS.values():
        raise ValueError(f"unknown mixer `{name}`")
    return word
