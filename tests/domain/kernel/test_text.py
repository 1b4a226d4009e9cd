"""What text may hold, everywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.text import InvalidText, multi_line, normalised, single_line, within
from tests.domain.strategies import texts
from tests.ids import text_id

CONTROLS = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0))]
BIDI_CONTROLS = [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff"]
LAYOUT = ["\t", "\r", "\n"]


@given(texts)
def test_text_is_normalised_to_nfc(text: str) -> None:
    """However it was typed, and again without a change."""
    once = normalised(unicodedata.normalize("NFD", text))
    assert once == unicodedata.normalize("NFC", text)
    assert normalised(once) == once


@pytest.mark.parametrize("half", SURROGATES, ids=text_id)
@pytest.mark.parametrize("read", [normalised, single_line, multi_line])
def test_half_of_a_surrogate_pair_is_no_character(read: type[str], half: str) -> None:
    """Neither half, at either end of its range, wherever it stands."""
    for text in (half, f"a{half}", f"{half}a", f"é{half}é"):
        with pytest.raises(InvalidText):
            read(text)


@pytest.mark.parametrize("character", [*CONTROLS, "\u2028", "\u2029"], ids=text_id)
def test_a_line_holds_no_controls_and_no_line_breaks(character: str) -> None:
    """None of C0, DEL, C1, nor the two separators of Unicode."""
    for text in (f"a{character}b", f"é{character}b"):
        with pytest.raises(InvalidText):
            single_line(text)


@pytest.mark.parametrize("character", BIDI_CONTROLS, ids=text_id)
def test_a_line_holds_no_bidi_controls(character: str) -> None:
    """They could make a name read as another; Hebrew and Arabic do without them."""
    with pytest.raises(InvalidText):
        single_line(f"a{character}b")
    assert multi_line(character) == character


@pytest.mark.parametrize("character", sorted({*CONTROLS} - {*LAYOUT}), ids=text_id)
def test_prose_holds_no_controls_but_layout(character: str) -> None:
    """TAB, CR and LF stay; everything else of that kind is refused."""
    with pytest.raises(InvalidText):
        multi_line(f"a{character}b")


@given(st.text(st.sampled_from("aé\t\r\n \u2028שｓ😀"), max_size=20))
def test_prose_stays_as_typed(text: str) -> None:
    """Line breaks, indents, trailing blanks and all scripts."""
    assert multi_line(text) == text


@given(texts)
def test_a_line_is_trimmed_normalised_and_whole(text: str) -> None:
    """What passes is NFC without blanks at its ends, and passes again unchanged."""
    try:
        line = single_line(text)
    except InvalidText:
        return
    assert line == unicodedata.normalize("NFC", text).strip()
    assert single_line(line) == line
    assert not {*line} & {*CONTROLS, *BIDI_CONTROLS, "\u2028", "\u2029"}


def test_lengths_count_code_points() -> None:
    """Not bytes and not UTF-16 units; the message says how long it is."""
    assert within("😀" * 1_000, 1_000) == "😀" * 1_000
    with pytest.raises(InvalidText, match=r"at most 1,000 .* has 1,001"):
        within("x" * 1_001, 1_000)
