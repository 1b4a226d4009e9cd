"""Cells that a spreadsheet would run are text there, and themselves again when they come back."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.uploads.csv.csv_injection import escape_formula, lines_of, unescape_formula

FORMULAS = {
    "equals": "=1+1",
    "plus": "+1",
    "minus": "-1",
    "at": "@SUM(A1)",
    "apostrophe": "'a",
    "blanks": "  =1+1",
    "comma": ",=1+1",
    "quotes": '"=1+1"',
}
OTHER_SIGNS = {
    "full-width equals": "\uff1d",
    "full-width plus": "\uff0b",
    "full-width minus": "\uff0d",
    "full-width at": "\uff20",
    "small equals": "\ufe66",
    "small plus": "\ufe62",
    "small minus": "\ufe63",
    "small at": "\ufe6b",
    "superscript plus": "\u207a",
    "subscript equals": "\u208c",
    "two equals in one": "\u2a75",
    "Hebrew plus": "\ufb29",
    "minus of mathematics": "\u2212",
}
UNSEEN = {
    "no-break space": "\u00a0",
    "soft hyphen": "\u00ad",
    "grapheme joiner": "\u034f",
    "Arabic letter mark": "\u061c",
    "Hangul choseong filler": "\u115f",
    "Hangul jungseong filler": "\u1160",
    "Khmer inherent vowel": "\u17b4",
    "Mongolian variation selector": "\u180b",
    "Mongolian vowel separator": "\u180e",
    "zero-width space": "\u200b",
    "line separator": "\u2028",
    "word joiner": "\u2060",
    "not assigned, and ignorable": "\u2065",
    "isolate": "\u2066",
    "symmetric swapping": "\u206a",
    "digit shapes": "\u206f",
    "Braille blank": "\u2800",
    "ideographic space": "\u3000",
    "Hangul filler": "\u3164",
    "private": "\ue000",
    "variation selector": "\ufe0f",
    "byte order mark": "\ufeff",
    "half-width Hangul filler": "\uffa0",
    "annotation": "\ufff9",
    "null notehead": "\U0001d159",
    "musical beam": "\U0001d173",
    "tag": "\U000e0001",
    "variation selector 17": "\U000e0100",
    "NUL": "\0",
    "combining accent": "\u0301",
    "all kinds": "\u2003\u200b\u3164\ufe0f",
}
ENDS = {"semicolon": ";", "colon": ":", "bar": "|", "TAB": "\t", "CR": "\r", "LF": "\n"}
OTHERS = ("Sales", "1+1", "a=b", "", "a;b", "ann@example.org", "Côte d'Or", "a, -b", "é", "ﷺ")


@pytest.mark.parametrize("cell", FORMULAS.values(), ids=FORMULAS)
def test_what_could_be_a_formula_is_behind_an_apostrophe(cell: str) -> None:
    assert escape_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("sign", OTHER_SIGNS.values(), ids=OTHER_SIGNS)
def test_so_is_what_looks_like_one(sign: str) -> None:
    """In each width and place that Unicode has for the same sign."""
    assert escape_formula(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
def test_so_is_what_is_behind_what_cannot_be_seen(unseen: str) -> None:
    """However much of it; by itself it is no formula."""
    assert escape_formula(f"{unseen}=1") == f"'{unseen}=1"
    assert escape_formula(unseen * 3 + "\ufe66") == f"'{unseen * 3}\ufe66"
    assert escape_formula(unseen) == unseen
    assert escape_formula(f"{unseen}a=1") == f"{unseen}a=1"


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_so_is_what_a_spreadsheet_may_take_for_the_next_cell(end: str) -> None:
    """At the beginning and within; only what would begin a formula there."""
    assert escape_formula(f"{end}=1") == f"'{end}'=1"
    assert escape_formula(f"a{end}b{end} =1{end}c") == f"a{end}b{end}' =1{end}c"
    assert escape_formula(f"a{end}'b") == f"a{end}''b"
    assert escape_formula(f'a{end}"=1') == f"""a{end}'"=1"""
    assert escape_formula(f"a{end}b") == f"a{end}b"


@pytest.mark.parametrize("cell", OTHERS)
def test_what_could_not_is_as_it_is(cell: str) -> None:
    assert escape_formula(cell) == cell


@pytest.mark.parametrize("cell", ["\ta", "\ra", "\na"], ids=["TAB", "CR", "LF"])
def test_a_line_break_begins_no_cell(cell: str) -> None:
    assert escape_formula(cell) == f"'{cell}"


HOSTILE = st.text(st.sampled_from("=+-@'\uff1d;:|,\t\r\n\"\u200b a1"))


@given(st.text() | HOSTILE)
def test_taking_the_apostrophes_off_gives_the_cell_back(cell: str) -> None:
    """As an upload does with each cell of such a file."""
    assert unescape_formula(escape_formula(cell)) == cell


@settings(max_examples=1_000)
@given(st.lists(HOSTILE, min_size=1, max_size=4), st.sampled_from(",;:|\t"))
def test_no_cell_is_a_formula_whatever_stands_between_cells(
    cells: list[str], delimiter: str
) -> None:
    """To who reads the file with another sign there. They may read it in other cells."""
    text = lines_of([list(map(escape_formula, cells))] * 2)
    read = [cell for row in _read(text, delimiter) for cell in row]
    assert read
    assert [cell for cell in read if re.match(r"[\s\u200b]*[=+@\uff1d-]", cell)] == []


def _read(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_every_cell_is_in_quotes() -> None:
    assert lines_of([["a", "b;1"], ['"', ""]]) == '"a","b;1"\r\n"""",""\r\n'
