from __future__ import annotations

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.text.search_key import search_key
from projections.text.search_term import SearchTerm

pieces = st.sampled_from(
    ["a", "te", "team", "sales", "2024", "0417", "École", "北京", "%", "_", "\\"]
)
texts = st.lists(pieces | st.sampled_from([" ", "-", " "]), max_size=9).map("".join)


@pytest.mark.parametrize(
    ("term", "pattern"),
    [
        ("Team", "%team%"),
        ("a team", "%a team%"),
        ("sales te", "%sales te%"),
        ("Sales Managers Zürich", "%sale%mana%zurich%"),
        ("cohort 2024 (evening)", "%coho%2024%evening)%"),
        ("COM-0000417 x", "%com%0000417 x%"),
        ("100% remote_work", r"%100%remo%work%"),
        ("50 %_off", r"%50 \%\_off%"),
    ],
)
def test_the_index_is_asked_for_the_beginnings_of_words(term: str, pattern: str) -> None:
    """All of numbers, all of the last word and what follows it."""
    assert SearchTerm.typed(term).index_pattern == pattern


@pytest.mark.parametrize("term", ["", "  ", "q", "ab", "北京", "a b c", "%%%", "a-b_c"])
def test_a_term_without_three_letters_together_does_without_the_index(term: str) -> None:
    assert SearchTerm.typed(term).index_pattern is None


@given(texts, st.data())
def test_every_text_that_holds_the_term_has_the_patterns_pieces(
    text: str, data: st.DataObject
) -> None:
    """In their order, one after the other, as LIKE wants them."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    term = SearchTerm.typed(text[start:end])
    key = search_key(text)
    assert term.key in key
    place = 0
    for piece in pieces_of(term.index_pattern or ""):
        place = key.index(piece, place) + len(piece)


NAMES = ("École 50 %", "ecole_50", "a\\b team", "Zürich Sales 2024", "sales-2024 (zurich)", "北京")
TERMS = ("ECOLE", "50 %", "%", "_", "e_5", "\\", "\\b tea", "sales 2024", "ich sal", "北", "\ud800")


def test_postgresql_finds_literally_what_python_finds(empty_database_url: str) -> None:
    """By the two conditions that a search consists of."""
    with psycopg.connect(empty_database_url) as connection:
        for typed in (*TERMS, "a\0"):
            term = SearchTerm.typed(typed)
            found = connection.execute(
                "SELECT text FROM unnest(%s::text[]) AS text"
                " WHERE strpos(text, %s) > 0 AND (%s::text IS NULL OR text LIKE %s)",
                [[*map(search_key, NAMES)], term.key, term.index_pattern, term.index_pattern],
            ).fetchall()
            assert found == [(key,) for key in map(search_key, NAMES) if term.key in key]


def pieces_of(pattern: str) -> list[str]:
    """What stands between the wildcards."""
    marked = pattern.replace("\\\\", "\x03").replace("\\%", "\x04").replace("\\_", "_")
    return [
        piece.replace("\x03", "\\").replace("\x04", "%") for piece in marked.split("%") if piece
    ]
