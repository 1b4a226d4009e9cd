"""The operation cache: a text is parsed and validated once, and only valid ones are kept."""

from __future__ import annotations

from uuid import uuid4

import graphql
import pytest

from graph.support.execution.operation_cache import (
    MAX_DOCUMENT_BYTES,
    VALID_DOCUMENTS,
    ValidDocument,
    ValidDocuments,
    weight_of,
)
from graph.support.limits.cost import Cost
from tests.graph.client import GraphClient
from tests.graph.support.memory import traced


def _fresh(selection: str) -> str:
    """A text that nobody has sent before."""
    return f"query Q{uuid4().hex} {selection}"


async def test_a_valid_text_is_validated_once(
    ask_late: GraphClient, validated: list[object]
) -> None:
    """Whatever its variables; the answers are those of each time."""
    query = _fresh("($n: Int) { siteUserSegments(first: $n) { totalCount } }")
    for size in (1, 2, 3):
        assert await ask_late.codes(query, n=size) == []
    assert len(validated) == 1
    assert await ask_late.codes(query, n=-1) == ["INVALID"]


@pytest.mark.parametrize("selection", ["{ nope }", "{ viewer { nope } }", "{"])
async def test_an_invalid_text_is_refused_every_time(
    ask_late: GraphClient, validated: list[object], selection: str
) -> None:
    """And never kept."""
    query = _fresh(selection)
    assert await ask_late.codes(query) == await ask_late.codes(query) == ["INVALID"]
    assert VALID_DOCUMENTS.get(query) is None


async def test_a_text_with_a_failing_answer_is_valid(ask_late: GraphClient) -> None:
    """It is kept: what fails is the asking, not the text."""
    query = _fresh('{ userSegment(segment: {id: "nonsense"}) { id } }')
    assert await ask_late.codes(query) == ["INVALID"]
    assert VALID_DOCUMENTS.get(query) is not None


@pytest.mark.parametrize(
    "selection",
    [
        "{ viewer { id } }" + " " * MAX_DOCUMENT_BYTES,
        "{ siteUserSegments(filter: {codes: [" + '"a" ' * 2_000 + "]}) { totalCount } }",
    ],
    ids=["in characters", "in words and signs"],
)
async def test_a_heavy_text_is_not_kept(ask_late: GraphClient, selection: str) -> None:
    """Whatever comes of it: this many codes are refused, but in a text that is valid."""
    query = _fresh(selection)
    await ask_late.codes(query)
    assert VALID_DOCUMENTS.get(query) is None


HEAVY = {
    "fields": "{" + " ".join(f"field_{number}" for number in range(50)) + "}",
    "nested fields": "{a" * 20 + "}" * 20,
    "arguments": "{a(" + "bb: 11 " * 20 + ")}",
    "strings": "{a(b: [" + '"aa" ' * 50 + "])}",
    "enums": "{a(b: [" + "aa " * 50 + "])}",
    "lists": "{a(b: [" + "[]" * 50 + "])}",
    "objects": "{a(b: [" + "{cc: 1}" * 20 + "])}",
    "variables": "query (" + "$aa: [A!]! = 1 " * 10 + ") {a}",
    "directives": "{a " + "@aa " * 30 + "}",
    "fragments": "fragment aa on A {a} " * 10 + "{a}",
    "spreads": "{" + "...aa " * 30 + "}",
    "comments": "#\n" * 100 + "{a}",
    "wide characters": '{a(b: "\N{GRINNING FACE}' + "x" * 2_000 + '")}',
    "escaped wide characters": '{a(b: "\\u{1F600}' + "x" * 2_000 + '")}',
}
"""Texts that make many or large objects of few characters, whichever way."""


@pytest.mark.parametrize("kind", HEAVY)
def test_what_is_kept_takes_no_more_than_the_bound(kind: str) -> None:
    """In memory, as Python measures it, with three times as much asked for as there is room."""
    bound = 2**19
    documents = ValidDocuments(bound)
    count = 3 * bound // weight_of(HEAVY[kind], graphql.parse(HEAVY[kind]))
    with traced() as taken:
        for number in range(count):
            text = f"{HEAVY[kind]}#{number}"
            documents.put(text, ValidDocument(graphql.parse(text), {None: Cost(1)}))
        assert documents.get(text) is not None
        assert taken() <= bound


async def test_an_error_is_told_with_its_place_each_time(ask_late: GraphClient) -> None:
    """By line and column, also when the text is known."""
    query = _fresh('{\n  userSegment(segment: {id: "nonsense"}) { id } }')
    places = [(await ask_late.only_error(query))["locations"] for _ in range(2)]
    assert places == [[{"line": 2, "column": 3}]] * 2


def test_the_least_recently_used_goes_first() -> None:
    """Asking for one makes it recent."""
    document = graphql.parse("{ viewer { id } }")
    valid = ValidDocument(document, {None: Cost(1)})
    documents = ValidDocuments(max_bytes=2 * weight_of("a", document))
    documents.put("a", valid)
    documents.put("b", valid)
    assert documents.get("a") is valid
    documents.put("c", valid)
    assert documents.get("b") is None
    assert documents.get("a") is documents.get("c") is valid
