"""Upper bound of the cost to render a text, counted by its signs before anything is rendered.

It is in microseconds of one core, rounded up: each weight is the dearest use of a sign that was
found by measuring, and by trying texts at random, mixed and nested. Letters cost next to nothing.
Of 500 pages of 10,000 characters from manuals, change logs and reports the dearest came to 8,900.
"""

from __future__ import annotations

import re

_INLINE = {"[": 14, "<": 10, "*": 6, "_": 6, "`": 3, "&": 2}
_INLINE |= dict.fromkeys("\\!#$%+-:=>@]^{}~", 1)
_CONTAINER = 10
"""The cost of what opens a quote or an item of a list."""
_LINE = 14
_CELL = 10

_OPENERS = re.compile(r"^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?![^ \t\n])))+", re.MULTILINE)
_OPENER = re.compile(r"[->+*.)]")
_DELIMITERS = re.compile(r"[\s>*+.)\d|:-]*")
"""The second line of a table, within quotes and lists too. Some other lines look like it."""


def markup_cost(text: str) -> int:
    """The cost of all but tables; `text` has no line ends but LF."""
    inline = sum(text.count(sign) * weight for sign, weight in _INLINE.items())
    openers = sum(len(_OPENER.findall(found)) for found in _OPENERS.findall(text))
    lines = sum(1 for line in text.split("\n") if line.strip(" \t"))
    return inline + openers * _CONTAINER + lines * _LINE


def table_cost(text: str) -> int:
    """The cost of tables: each row has as many cells as columns, however short its line."""
    columns = cells = 0
    for line in text.split("\n"):
        if not line.strip(" \t>"):
            columns = 0
        elif "|" in line and "-" in line and _DELIMITERS.fullmatch(line):
            columns = max(columns, line.count("|") + 1)
        cells += columns
    return cells * _CELL
