from __future__ import annotations

import unicodedata

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.text.search_key import _KEYS, search_key, sought_key

LATIN = [
    chr(code) for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1E9A), *range(0x1EA0, 0x1EFA))
]

texts = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("éÅßŁﬁİıǅ½が각कि–’❤\ufe0f %_\\"),
    max_size=20,
).map(lambda text: unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("Sales TEAM 7", "sales team 7", id="capitals"),
        pytest.param("École supérieure", "ecole superieure", id="accents"),
        pytest.param("Straße STRASSE ẞ", "strasse strasse ss", id="sharp s"),
        pytest.param(
            "Łódź Tromsø Þór Œuvre", "lodz tromso thor oeuvre", id="strokes and ligatures"
        ),
        pytest.param("İstanbul IRMAK ırmak", "istanbul irmak irmak", id="dotted and dotless i"),
        pytest.param("ﬁnance ½ № ㎏ Ａ", "finance 1/2 no kg a", id="compatibility forms"),
        pytest.param("Ελλάδα Σίσυφος", "ελλαδα σισυφοσ", id="Greek"),
        pytest.param("Ёлка Москва", "елка москва", id="Cyrillic"),
        pytest.param("שָׁלוֹם مُحَمَّد", "שלום محمد", id="vowel signs"),
        pytest.param("“Team’s” 2020–2024", '"team\'s" 2020-2024', id="quotes and dashes"),
        pytest.param(
            "so\u00adft ❤\ufe0f 👩\u200d💻", "soft ❤ 👩💻", id="characters that are not seen"
        ),
    ],
)
def test_case_accents_and_compatibility_forms_are_gone(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [("か", "が"), ("가", "각"), ("क", "कि"), ("ก", "กุ"), ("=", "≠"), (" ", "´"), ("日", "曰")],
)
def test_marks_that_are_no_accents_remain(one: str, other: str) -> None:
    """Voicing, vowels, final consonants, strokes: without them it is another word."""
    assert search_key(one) != search_key(other)


@given(texts)
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(texts, texts)
def test_the_key_of_two_texts_is_their_keys_together(one: str, other: str) -> None:
    """So a term's key stands in a text's key wherever the term stands in the text."""
    assert search_key(one + other) == search_key(one) + search_key(other)


@given(texts)
def test_case_is_all_the_same(text: str) -> None:
    """Where a letter has both cases; an iota below a Greek vowel has not."""
    letters = "".join(c for c in text if not {"\u0345"} & {*unicodedata.normalize("NFD", c)})
    assert search_key(letters.casefold()) == search_key(letters)


def test_what_is_remembered_of_characters_has_a_bound() -> None:
    """Whoever may search can send any of a million."""
    everything = "".join(map(chr, range(0x80, 0x20000)))
    assert len(search_key(everything)) > 100_000
    assert len(_KEYS) <= 16_384
    assert search_key("École") == "ecole"


def test_the_term_is_trimmed_and_what_no_text_holds_is_found_nowhere() -> None:
    """NUL and half surrogate pairs, which PostgreSQL refuses, stand for what is never stored."""
    assert sought_key(" \t\u00a0 École  \u200b\n") == "ecole"
    assert sought_key("e\u0301") == "e"
    assert sought_key("a\0b\ud800") == "a\x02b\x02"
    assert sought_key(" \n ") == sought_key("\u0301") == ""


def test_latin_letters_are_folded_as_unaccent_folds_them(empty_database_url: str) -> None:
    """But for ŀ, which keeps its dot, as l· does when it is typed as two."""
    letters = [letter for letter in LATIN if letter.isalpha() and letter not in "Ŀŀ"]
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("CREATE EXTENSION unaccent")
        rows = connection.execute(
            "SELECT letter, unaccent(letter) FROM unnest(%s::text[]) AS letter", [letters]
        ).fetchall()
    assert len(rows) > 400
    assert {letter: search_key(letter) for letter, _ in rows} == {
        letter: search_key(unaccented) for letter, unaccented in rows
    }
