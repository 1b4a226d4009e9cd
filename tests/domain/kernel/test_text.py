"""What text may hold, everywhere."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.text import (
    MANY_MARKS,
    MAX_DECOMPOSITION,
    InvalidText,
    multi_line,
    normalised,
    single_line,
    within,
)
from tests.domain.strategies import texts
from tests.ids import text_id

CONTROLS = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0))]
BIDI_CONTROLS = [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff"]
LAYOUT = ["\t", "\r", "\n"]

Read = Callable[[str, int], str]

PLENTY = 1_000
ABOVE, BELOW = "\u0301", "\u0316"
"""Marks of which the second belongs before the first."""
HALF = 250_000
MARKS = st.characters(categories=["Mn", "Mc", "Me"])


@given(texts)
def test_text_is_normalised_to_nfc(text: str) -> None:
    """However it was typed, and again without a change."""
    once = normalised(unicodedata.normalize("NFD", text), PLENTY)
    assert once == unicodedata.normalize("NFC", text)
    assert normalised(once, PLENTY) == once


@pytest.mark.parametrize("half", SURROGATES, ids=text_id)
@pytest.mark.parametrize("read", [normalised, single_line, multi_line])
def test_half_of_a_surrogate_pair_is_no_character(read: Read, half: str) -> None:
    """Neither half, at either end of its range, wherever it stands."""
    for text in (half, f"a{half}", f"{half}a", f"é{half}é"):
        with pytest.raises(InvalidText):
            read(text, PLENTY)


@pytest.mark.parametrize("character", [*CONTROLS, "\u2028", "\u2029"], ids=text_id)
def test_a_line_holds_no_controls_and_no_line_breaks(character: str) -> None:
    """None of C0, DEL, C1, nor the two separators of Unicode."""
    for text in (f"a{character}b", f"é{character}b"):
        with pytest.raises(InvalidText):
            single_line(text, PLENTY)


@pytest.mark.parametrize("character", BIDI_CONTROLS, ids=text_id)
def test_a_line_holds_no_bidi_controls(character: str) -> None:
    """They could make a name read as another; Hebrew and Arabic do without them."""
    with pytest.raises(InvalidText):
        single_line(f"a{character}b", PLENTY)
    assert multi_line(character, PLENTY) == character


@pytest.mark.parametrize("character", sorted({*CONTROLS} - {*LAYOUT}), ids=text_id)
def test_prose_holds_no_controls_but_layout(character: str) -> None:
    """TAB, CR and LF stay; everything else of that kind is refused."""
    with pytest.raises(InvalidText):
        multi_line(f"a{character}b", PLENTY)


@given(st.text(st.sampled_from("aé\t\r\n \u2028שｓ😀"), max_size=20))
def test_prose_stays_as_typed(text: str) -> None:
    """Line breaks, indents, trailing blanks and all scripts."""
    assert multi_line(text, PLENTY) == text


@given(texts)
def test_a_line_is_trimmed_normalised_and_whole(text: str) -> None:
    """What passes is NFC without blanks at its ends, and passes again unchanged."""
    try:
        line = single_line(text, PLENTY)
    except InvalidText:
        return
    assert line == unicodedata.normalize("NFC", text).strip()
    assert single_line(line, PLENTY) == line
    assert not {*line} & {*CONTROLS, *BIDI_CONTROLS, "\u2028", "\u2029"}


def test_lengths_count_code_points() -> None:
    """Not bytes and not UTF-16 units; the message says how long it is."""
    assert within("😀" * 1_000, 1_000) == "😀" * 1_000
    with pytest.raises(InvalidText, match=r"at most 1,000 .* has 1,001"):
        within("x" * 1_001, 1_000)


def test_length_counts_in_nfc_however_it_was_typed() -> None:
    """Four code points for one are the most."""
    assert normalised("α\u0313\u0300\u0345" * PLENTY, PLENTY) == "ᾂ" * PLENTY
    with pytest.raises(InvalidText, match="at most 1,000 characters"):
        normalised("α\u0313\u0300\u0345" * (PLENTY + 1), PLENTY)
    assert max(map(len, decomposed())) == MAX_DECOMPOSITION


@pytest.mark.parametrize("read", [normalised, single_line, multi_line])
def test_half_a_million_marks_are_put_in_order(read: Read) -> None:
    """Where so long a text is taken at all. Python itself takes minutes, and stands still."""
    marks = ABOVE * HALF + BELOW * HALF
    assert read(f"a{marks}", len(marks)) == "á" + BELOW * HALF + ABOVE * (HALF - 1)
    with pytest.raises(InvalidText, match="at most 1,000 characters"):
        read(f"a{marks}", PLENTY)


@given(st.lists(st.tuples(st.sampled_from("aᾂ가 "), st.text(MARKS, max_size=3 * MANY_MARKS))))
def test_rows_of_marks_are_put_in_the_order_of_unicode(rows: list[tuple[str, str]]) -> None:
    """However many, of whatever class, and behind whatever."""
    text = "".join(letter + marks for letter, marks in rows)
    assert normalised(text, len(text) * 2) == unicodedata.normalize("NFC", text)


def test_what_is_made_of_marks_alone_is_a_mark() -> None:
    """Of all characters there are."""
    made = [parts for parts in decomposed() if unicodedata.combining(parts[0]) and len(parts) > 1]
    assert len(made) > 3
    for parts in made:
        many = unicodedata.normalize("NFC", parts) * 2 * MANY_MARKS
        assert normalised(many, len(many) * 2) == unicodedata.normalize("NFC", many)


def decomposed() -> list[str]:
    """Every character in NFD."""
    return [unicodedata.normalize("NFD", chr(code)) for code in range(sys.maxunicode + 1)]
