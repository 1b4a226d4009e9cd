"""Cells with tens of thousands of marks on a letter: each is an error in its place.

To put them in order takes a quarter of a minute a cell, in which the process does nothing else:
these tests run out of time where length is not looked at first.
"""

from __future__ import annotations

import pytest

from tests.domain.uploads.row_files import members, places, segments, users

ROWS = range(2, 42)
MARKS = "a" + "\u0301" * 45_000 + "\u0316" * 45_000


def file(header: str, row: str) -> str:
    """The same row again and again."""
    return "\n".join([header, *(row for _ in ROWS)])


@pytest.mark.parametrize("column", ["name", "code"])
def test_no_cell_of_a_segment_takes_them(column: str) -> None:
    """Whichever it is."""
    row = {"name": "Sales", "code": "", column: MARKS}
    rows = segments(file("name,code", f"{row['name']},{row['code']}"))
    assert places(rows) == [(number, column) for number in ROWS]


@pytest.mark.parametrize("column", ["segment", "username"])
def test_nothing_is_named_by_them(column: str) -> None:
    """Neither a segment nor a user."""
    row = {"segment": "sales", "username": "ann", column: MARKS}
    rows = members(file("segment,username", f"{row['segment']},{row['username']}"))
    assert places(rows) == [(number, column) for number in ROWS]


@pytest.mark.parametrize("column", ["username", "email", "firstname", "lastname", "code"])
def test_no_cell_of_a_user_takes_them(column: str) -> None:
    """Whichever it is."""
    row = dict.fromkeys(["username", "email", "firstname", "lastname", "code"], "")
    rows = users(file(",".join(row), ",".join((row | {column: MARKS}).values())))
    assert {(number, column) for number in ROWS} <= {*places(rows)}
