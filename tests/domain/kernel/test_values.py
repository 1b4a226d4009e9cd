"""Values that more than one slice speaks of: codes, command ids, reasons."""

from __future__ import annotations

import sys
import unicodedata
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.text import InvalidText
from domain.kernel.values import (
    code_key,
    lookup_code,
    new_command_id,
    parse_code,
    parse_command_id,
    parse_reason,
)
from tests.domain.strategies import texts
from tests.ids import text_id

# Every cased letter of Latin, Greek and Cyrillic but ı, which Unicode folds to itself though its
# upper case is I.
LETTERS = [
    chr(c)
    for c in (*range(0x41, 0x5B), *range(0xC0, 0x130), *range(0x132, 0x250), *range(0x370, 0x530))
    if category(chr(c)) in ("Lu", "Ll")
]

UNASSIGNED = ("Cn", "Co", "Cs")
"""Not yet characters, private ones, and halves of surrogate pairs."""


@given(texts)
def test_the_key_of_a_key_is_itself(text: str) -> None:
    """So that it does not matter whether something was folded already."""
    assert code_key(code_key(text)) == code_key(text)


def test_every_character_alone_has_a_lasting_key() -> None:
    """All of Unicode: the key of a key is itself, and only what is blank has none."""
    assigned = [c for c in map(chr, range(sys.maxunicode + 1)) if category(c) not in UNASSIGNED]
    assert len(assigned) > 100_000
    for character in assigned:
        key = code_key(character)
        assert code_key(key) == key, ascii(character)
        assert bool(key) != character.isspace(), ascii(character)


@given(texts)
def test_a_key_does_not_depend_on_the_normal_form(text: str) -> None:
    """Composed, decomposed, compatible: one code."""
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    assert {code_key(form) for form in forms} == {code_key(text)}


@given(st.text(st.sampled_from(LETTERS), max_size=20))
def test_a_key_does_not_depend_on_the_case(text: str) -> None:
    """Upper, lower, title, folded: one code."""
    spellings = [text.upper(), text.lower(), text.title(), text.casefold()]
    assert {code_key(spelling) for spelling in spellings} == {code_key(text)}


@given(texts)
def test_what_is_typed_and_what_is_looked_up_meet(text: str) -> None:
    """A code that was accepted is found by what was typed, blanks around it and all."""
    try:
        code = parse_code(text)
    except InvalidText:
        return
    if code is None:
        assert not text.strip()
    else:
        assert lookup_code(text) == lookup_code(f"  {code}\n") == code_key(code)


@pytest.mark.parametrize(
    "text", ["", " ", "a\x00b", "a\nb", "\ud800", "\u202ea", "x" * 401], ids=text_id
)
def test_what_could_never_be_a_code_is_not_looked_up(text: str) -> None:
    """Blank, with characters that no code has, or far too long: it never reaches a store."""
    with pytest.raises(InvalidText):
        lookup_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "A-Z_09",
        pytest.param("x" * 64, id="64 characters"),
        "0192f0c1-7a9b-7c3d-8e4f-5061728394aa",
    ],
)
def test_a_command_id_is_the_clients_own(text: str) -> None:
    """1 to 64 of letters, digits, hyphen and underscore, kept as it is."""
    assert parse_command_id(text) == text


@pytest.mark.parametrize("text", ["", "x" * 65, "a b", "a\n", "ä", "a.b", "a:b", "٣"], ids=text_id)
def test_any_other_command_id_is_invalid(text: str) -> None:
    """No blanks, no line break at the end, no letters and digits of other scripts."""
    with pytest.raises(InvalidText):
        parse_command_id(text)


def test_a_made_command_id_could_be_a_clients() -> None:
    """So that a client can send it again."""
    made = new_command_id()
    assert parse_command_id(made) == made
    assert new_command_id() != made


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Merged.\n", "Merged."), ("two\nlines", "two\nlines"), ("", None), (" \n", None)],
    ids=["trimmed", "two lines", "empty", "blank"],
)
def test_a_reason_is_trimmed_and_blank_is_none(typed: str, kept: str | None) -> None:
    """It may go over several lines."""
    assert parse_reason(typed) == kept


@pytest.mark.parametrize("text", ["x" * 1_001, "\x00", "\ud800"], ids=text_id)
def test_a_bad_reason_is_invalid(text: str) -> None:
    """Over 1,000 characters, control characters, half a surrogate pair."""
    with pytest.raises(InvalidText):
        parse_reason(text)
