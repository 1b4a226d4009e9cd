"""Where a record ends, found without keeping anything of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.uploads.csv.oversized_record import OversizedRecord
from domain.uploads.csv.text import line_breaks
from tests.domain.uploads.csv.quotes import ends_within_quotes, states

texts = st.text(st.sampled_from('"",x\n\r'), max_size=30)
cuts = st.lists(st.integers(0, 40))


@given(texts, cuts, st.booleans())
def test_a_record_ends_where_csv_ends_it(text: str, cut: list[int], is_quoted: bool) -> None:
    """However the text comes in pieces, in the midst of quotes or not."""
    end = OversizedRecord(",", 1, is_quoted=is_quoted)
    assert length(end, pieces(text, cut)) == first_end(text, is_quoted=is_quoted)


@given(texts, cuts, st.booleans())
def test_lines_are_counted(text: str, cut: list[int], is_quoted: bool) -> None:
    """Up to the end of the record, from the line in which it goes on."""
    end = OversizedRecord(",", 7, is_quoted=is_quoted)
    read = length(end, pieces(text, cut))
    assert end.line == 7 + line_breaks(text[:read])


@given(texts, cuts, st.booleans())
def test_the_line_of_the_open_quote_is_known(text: str, cut: list[int], is_quoted: bool) -> None:
    """None when it is the one that was open before."""
    end = OversizedRecord(",", 1, is_quoted=is_quoted)
    if length(end, pieces(text, cut)) is not None:
        return
    assert end.is_open is ends_within_quotes(text, is_quoted=is_quoted)
    if not end.is_open:
        return
    within = [is_quoted, *(state for state, _ in states(text, is_quoted=is_quoted))]
    opened = [at for at in range(len(text)) if within[at + 1] > within[at]]
    assert end.opened == (1 + line_breaks(text[: opened[-1]]) if opened else None)


@pytest.mark.parametrize(
    "again",
    ['"', '""', ",", '"",', '"x",', "x", 'x"', '"\n', ',"\n",'],
    ids=[
        "quote",
        "empty cell in quotes",
        "comma",
        "quote, comma",
        "cell in quotes",
        "letter",
        "letter, quote",
        "quote, line feed",
        "line feed in quotes",
    ],
)
def test_the_work_grows_with_the_length(again: str) -> None:
    """Not with its square, whatever stands there."""
    once, tenfold = (calls(again * (length // len(again))) for length in (1_000, 10_000))
    assert tenfold <= 10 * once


MANY_STEPS = 100


def calls(piece: str) -> int:
    """How many functions are called to find the end."""
    end = OversizedRecord(",", 1, is_quoted=True)
    counted: list[str] = []
    sys.setprofile(lambda _frame, what, _called: counted.append(what))
    try:
        end.feed(piece)
    finally:
        sys.setprofile(None)
    return len(counted)


def length(end: OversizedRecord, parts: Iterator[str]) -> int | None:
    """How much of the text belongs to the record; None when it does not end."""
    read = 0
    for part in parts:
        found = end.feed(part)
        if found is not None:
            return read + found
        read += len(part)
    return None


def pieces(text: str, cut: list[int]) -> Iterator[str]:
    """A text in parts, none of which ends between a CR and its LF."""
    whole = {at for at in cut if 0 < at < len(text) and text[at - 1 : at + 1] != "\r\n"}
    for begin, end in pairwise(sorted({0, *whole, len(text)})):
        yield text[begin:end]


def first_end(text: str, *, is_quoted: bool) -> int | None:
    """The length of the first record with its line end; None when it does not end."""
    for at, (_, ends) in enumerate(states(text, is_quoted=is_quoted)):
        if ends:
            return at + 1 + (text[at : at + 2] == "\r\n")
    return None


@pytest.mark.parametrize(
    "again",
    ['"x",', '"x""",', 'x"y,', '"x"y,', '"",,', '"x"""'],
    ids=["quoted", "with quotes", "bare", "quoted and bare", "empty", "one in quotes"],
)
def test_many_cells_take_few_steps(again: str) -> None:
    """Sixteen million cells, one by one, took ten seconds."""
    assert calls('",' + again * 1_000) < MANY_STEPS
