"""The operation cache: a text is parsed and validated once, and only valid ones are kept."""

from __future__ import annotations

from uuid import uuid4

import graphql
import pytest

from graph.support.operation_cache import LONGEST_TEXT, VALID, ValidDocuments
from tests.graph.asking import Asker


def _fresh(selection: str) -> str:
    """A text that nobody has sent before."""
    return f"query Q{uuid4().hex} {selection}"


async def test_a_valid_text_is_validated_once(ask_late: Asker, validated: list[object]) -> None:
    """Whatever its variables; the answers are those of each time."""
    query = _fresh("($n: Int) { siteUserSegments(first: $n) { totalCount } }")
    for size in (1, 2, 3):
        assert await ask_late.codes(query, n=size) == []
    assert len(validated) == 1
    assert await ask_late.codes(query, n=-1) == ["INVALID"]


@pytest.mark.parametrize("selection", ["{ nope }", "{ viewer { nope } }", "{"])
async def test_an_invalid_text_is_refused_every_time(
    ask_late: Asker, validated: list[object], selection: str
) -> None:
    """And never kept."""
    query = _fresh(selection)
    assert await ask_late.codes(query) == await ask_late.codes(query) == ["INVALID"]
    assert VALID.get(query) is None


async def test_a_text_with_a_failing_answer_is_valid(ask_late: Asker) -> None:
    """It is kept: what fails is the asking, not the text."""
    query = _fresh('{ node(id: "nonsense") { id } }')
    assert await ask_late.codes(query) == ["INVALID"]
    assert VALID.get(query) is not None


async def test_long_texts_are_not_kept(ask_late: Asker) -> None:
    """The cache has a bound in bytes, too."""
    query = _fresh("{ viewer { id } }") + " " * LONGEST_TEXT
    assert await ask_late.codes(query) == []
    assert VALID.get(query) is None


def test_the_least_recently_used_goes_first() -> None:
    """Asking for one makes it recent."""
    documents = ValidDocuments(most=2)
    document = graphql.parse("{ viewer { id } }")
    documents.keep("a", document)
    documents.keep("b", document)
    assert documents.get("a") is document
    documents.keep("c", document)
    assert documents.get("b") is None
    assert documents.get("a") is documents.get("c") is document
