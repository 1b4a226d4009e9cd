from __future__ import annotations

import unicodedata
from itertools import pairwise, product
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyuca.collator import Collator_10_0_0

from projections.text import sort_key as module
from projections.text.ducet import ducet
from projections.text.sort_key import MAX_KEY_BYTES, joined_sort_key, sort_key

MAX_NAME_LENGTH = 254

T = TypeVar("T", bytes, tuple[int, ...], tuple[bytes, bytes])

# Pieces that act on each other: marks, contractions, vowels before consonants, ligatures, jamo.
INTRICATE = (
    "lL·\u0301\u0323\u0306ии́йéeßŒﬁ เแกข่้ के\u0bc6\u0bd7ྲྀ가각ᄀㅏ中𠀀🎉👩\u200d💻❤\ufe0f½②\n\0-'"
)
not_digits = st.characters(exclude_categories=["Nd", "Cs"]) | st.sampled_from(INTRICATE)
words = st.text(not_digits, max_size=12) | st.text(INTRICATE, max_size=12)
names = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("aB 0129٣" + INTRICATE),
    max_size=MAX_NAME_LENGTH,
)


@pytest.fixture(scope="module")
def collator() -> Collator_10_0_0:
    return Collator_10_0_0()


def in_order(*texts: str) -> bool:
    return all(sort_key(a) < sort_key(b) for a, b in pairwise(texts))


def sign(a: T, b: T) -> int:
    """Negative, 0 or positive, as a comes before, with or after b."""
    return (a > b) - (a < b)


def test_numbers_are_ordered_by_their_value() -> None:
    """Any length, anywhere in the text, in any script's digits."""
    assert in_order("item 2", "item 10", "item 100")
    assert in_order("9", "10", "9" * 200, "1" + "0" * 200, "9" * 300)
    assert in_order("a2b10", "a10b2", "a10b10")
    assert in_order("item 2", "item ٣", "item 4", "item १०")
    assert in_order("1.2.9", "1.2.10", "1.10.1")


def test_zeros_before_a_number_only_break_a_tie() -> None:
    """Behind the rest of the text, whatever it is."""
    assert in_order("7", "07", "007", "0" * 99 + "7", "8")
    assert in_order("0", "00", "01", "2")
    assert in_order("01 a", "1 b", "01 b", "001 b")


def test_numbers_stand_between_punctuation_and_letters() -> None:
    """As digits do in the collation algorithm; so do numerals that are no decimal digits."""
    assert in_order("", " ", "_", "-", ",", "!", "(", "$", "€", "0", "10", "²", "a", "Z")
    assert in_order("item", "item 1", "item-1", "item1", "items")


def test_accents_come_second_and_case_third() -> None:
    assert in_order("eclair", "Eclair", "éclair", "Éclair", "eclairs", "ezra")
    assert in_order("cote", "Cote", "coté", "côte", "côté", "cotes")
    assert in_order("item a", "Item a", "item b")
    assert in_order("strasse", "straße", "strasses")


def test_other_scripts_come_after_latin_each_in_its_order() -> None:
    assert in_order("🎉", "Zoo", "Ωμέγα", "Адам", "Ёлка", "Жук", "اب", "ไก่", "가", "각", "나", "一")
    assert in_order("กา", "เก", "ขา")  # a vowel written before its consonant is sorted after it
    assert in_order("中\u4e01", "中\u4e03", "\U00020000")


def test_canonically_equivalent_texts_have_one_key() -> None:
    for text in ("Éclair", "각", "ộ", "ǽ 7"):
        assert sort_key(text) == sort_key(unicodedata.normalize("NFD", text))


@settings(deadline=None)
@given(words, words)
def test_texts_without_digits_are_ordered_as_by_pyuca(
    collator: Collator_10_0_0, one: str, other: str
) -> None:
    """Ties included."""
    expected = sign(collator.sort_key(one), collator.sort_key(other))
    assert sign(sort_key(one), sort_key(other)) == expected


@settings(deadline=None)
@given(st.text(INTRICATE, max_size=8), st.text(INTRICATE, max_size=3), st.integers(0, 8))
def test_texts_that_nearly_agree_are_ordered_as_by_pyuca(
    collator: Collator_10_0_0, text: str, more: str, place: int
) -> None:
    other = text[:place] + more + text[place + 1 :]
    expected = sign(collator.sort_key(text), collator.sort_key(other))
    assert sign(sort_key(text), sort_key(other)) == expected


def test_every_entry_of_the_table_stands_where_pyuca_puts_it(collator: Collator_10_0_0) -> None:
    """All characters and contractions that the table knows, in one long list."""
    codes = [[code] for code in ducet().table.codes()] + ducet().table.contractions
    texts = ["".join(map(chr, entry)) for entry in codes]
    keys = sorted(
        (collator.sort_key(text), sort_key(text))
        for text in texts
        if not any(map(str.isdecimal, text))
    )
    assert len(keys) > 30_000
    assert all(sign(a[0], b[0]) == sign(a[1], b[1]) for a, b in pairwise(keys))


short = st.text("aAé1 中", max_size=2) | st.text(INTRICATE, max_size=3)


@settings(deadline=None)
@given(st.lists(st.tuples(short, short), min_size=2, max_size=6))
def test_joined_keys_order_by_the_first_text_then_by_the_other(
    pairs: list[tuple[str, str]],
) -> None:
    """Whatever stands behind a first text that is the beginning of another."""
    keys = [(sort_key(first), sort_key(then)) for first, then in pairs]
    joined = [joined_sort_key(first, then) for first, then in pairs]
    expected = [sign(one, other) for one, other in product(keys, repeat=2)]
    assert [sign(one, other) for one, other in product(joined, repeat=2)] == expected


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x7F) | st.sampled_from("aB 0012"), max_size=60))
def test_the_path_of_ascii_gives_what_the_general_one_gives(text: str) -> None:
    assert sort_key(text) == (module._general_key(text) if text else b"\0\0")


@settings(deadline=None)
@given(names)
def test_a_key_fits_into_an_index_and_precedes_no_code(name: str) -> None:
    """Nothing sorts at or after 0xff, which marks segments without a code."""
    key = sort_key(name)
    assert len(key) <= MAX_KEY_BYTES
    assert key < b"\xff"


@pytest.mark.parametrize("character", [*"aZé中🎉90เ\u0301\ufdfa"])
def test_the_longest_names_have_keys_within_the_bound(character: str) -> None:
    """Where the bound cuts, order is kept: a cut key never passes a greater one."""
    name = character * MAX_NAME_LENGTH
    assert 0 < len(sort_key(name)) <= MAX_KEY_BYTES
    assert sort_key(name) <= sort_key(name + "z")
