"""Cells that a spreadsheet would run are text there, and themselves again when they come back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.uploads.guard import guarded, lines_of

FORMULAS = {
    "equals": "=1+1",
    "plus": "+1",
    "minus": "-1",
    "at": "@SUM(A1)",
    "TAB": "\t=1",
    "CR": "\r=1",
    "apostrophe": "'a",
    "full-width equals": "\uff1d1+1",
    "full-width plus": "\uff0b1",
    "full-width minus": "\uff0d1",
    "full-width at": "\uff20SUM(A1)",
    "blanks": "  =1+1",
    "zero-width space": "\u200b=1+1",
    "byte order mark": "\ufeff=1+1",
    "no-break space": "\u00a0=1+1",
    "semicolon": ";=1+1",
    "bar": "|=1+1",
}
OTHERS = ("Sales", "1+1", "a=b", "", "a;b", "ann@example.org", "Côte d'Or")


@pytest.mark.parametrize("cell", FORMULAS.values(), ids=FORMULAS)
def test_what_could_be_a_formula_is_behind_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", OTHERS)
def test_what_could_not_is_as_it_is(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.text())
def test_taking_the_apostrophe_off_gives_the_cell_back(cell: str) -> None:
    """As an upload does with each cell that has one."""
    assert guarded(cell).removeprefix("'") == cell


def test_every_cell_is_in_quotes() -> None:
    """Also for who opens the file with another sign between cells."""
    assert lines_of([["a", "b;=1+1"], ['"', ""]]) == '"a","b;=1+1"\r\n"""",""\r\n'
