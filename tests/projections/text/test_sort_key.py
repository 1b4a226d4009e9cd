"""Sort keys put names where people look for them."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyuca.collator import Collator_10_0_0

from projections.text.sort_key import LONGEST_KEY, sort_key

REFERENCE = Collator_10_0_0()

text = st.text(st.characters(exclude_categories=("Cs", "Cc", "Nd", "Cn")), max_size=12)
ascii_text = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=30)
latin = st.text(st.sampled_from("aàáâbcçdeéèêfgñoöøœsßuüzž -'"), max_size=12)


def nfc(word: str) -> str:
    """As names are stored."""
    return unicodedata.normalize("NFC", word)


@pytest.mark.parametrize(
    "names",
    [
        ["item 2", "item 10", "item 100"],
        ["item 2", "item 02", "item 2a", "item 3"],
        ["9", "10", "a9", "a10"],
        ["cote", "coté", "côte", "côté"],
        ["eclair", "éclair", "ezra"],
        ["sales", "Sales", "Sales Team"],
        ["Sales 1.9", "Sales 1.10"],
        ["٢ b", "١٠ b"],
        ["Gruppe ٩", "Gruppe 10"],
        ["", " ", "a"],
        ["1" * 120, "2" * 120, "1" * 121],
    ],
)
def test_names_stand_where_people_expect_them(names: list[str]) -> None:
    """Numbers by value, accents and case after letters."""
    assert sorted(reversed(names), key=lambda name: sort_key(nfc(name))) == names


@given(text | latin, text | latin)
def test_without_digits_the_order_is_that_of_the_collation_algorithm(one: str, other: str) -> None:
    """Against pyuca, over all of Unicode."""
    one, other = nfc(one), nfc(other)
    ours = (sort_key(one) > sort_key(other)) - (sort_key(one) < sort_key(other))
    ones, others = REFERENCE.sort_key(one), REFERENCE.sort_key(other)
    theirs = (ones > others) - (ones < others)
    assert ours == theirs or 0 in (ours, theirs)
    if ours == 0:
        assert stripped(ones) == stripped(others)


def stripped(key: tuple[int, ...]) -> list[list[int]]:
    """The levels of a pyuca key, without the commonest weights at their ends, as ours drop them."""
    levels = [list(group) for zero, group in itertools.groupby(key, bool) if zero]
    return [
        list(itertools.dropwhile(lambda w: w in (0x20, 2), level[::-1])) for level in levels[1:]
    ]


@given(st.lists(text | ascii_text, min_size=3, max_size=3))
def test_a_key_is_bounded_and_stable(words: list[str]) -> None:
    """At most LONGEST_KEY bytes, and the same each time."""
    for word in words:
        assert len(sort_key(nfc(word * 20))) <= LONGEST_KEY
        assert sort_key(nfc(word)) == sort_key(nfc(word))


def test_the_longest_names_have_keys_that_fit_an_index() -> None:
    """254 of the characters whose keys are longest."""
    for character in ("ﷺ", "한", "😀", "é", "9", "A"):
        assert len(sort_key(character * 254)) <= LONGEST_KEY
