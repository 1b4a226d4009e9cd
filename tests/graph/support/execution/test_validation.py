"""The rules of GraphQL find what they always do, but not at any price."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import parse, specified_rules
from strawberry.schema.schema import validate_document

from graph.schema import schema
from graph.support.execution.validation import MAX_COMPARISONS, MAX_ERRORS, errors_of
from tests.graph.client import GraphClient

CORE = schema._schema
MAX_OF_ONE_NAME = 141
"""In one place: each pair of them is two comparisons."""


def _equal(times: int) -> str:
    return "{ viewer { " + "id " * times + "} }"


def _below(times: int) -> str:
    """One pair less below each of as many pairs."""
    return "{ " + "viewer { id kind } " * times + "}"


def _of_the_schema(times: int) -> str:
    return "{ __schema { " + "description " * times + "} }"


def _unused(times: int) -> str:
    return "{ viewer { id } } fragment Unused on Actor { " + "id " * times + "}"


def test_as_many_of_one_name_as_the_bound_lets() -> None:
    """The number follows from it."""
    pairs = MAX_OF_ONE_NAME * (MAX_OF_ONE_NAME - 1) // 2
    assert 2 * pairs <= MAX_COMPARISONS < 2 * (pairs + MAX_OF_ONE_NAME)


@pytest.mark.parametrize("document", [_equal, _of_the_schema])
async def test_fields_of_one_name_are_compared_to_a_bound(
    ask_late: GraphClient, document: Any
) -> None:
    """Each with each, so that a few hundred of them would take a second."""
    assert await ask_late.codes(document(MAX_OF_ONE_NAME)) == []
    error = await ask_late.only_error(document(MAX_OF_ONE_NAME + 1))
    assert error["extensions"] == {"code": "LIMIT"}
    assert "once in one place" in error["message"]


async def test_so_are_those_of_unused_fragments(ask_late: GraphClient) -> None:
    """Within the bound they are no more than unused."""
    assert await ask_late.codes(_unused(MAX_OF_ONE_NAME)) == ["INVALID"]
    assert await ask_late.codes(_unused(MAX_OF_ONE_NAME + 1)) == ["LIMIT"]


async def test_what_is_below_them_counts_as_well(ask_late: GraphClient) -> None:
    """And what fragments hold that are spread in one place."""
    assert await ask_late.codes("{ " + "viewer { id } " * 50 + "}") == []
    assert await ask_late.codes("{ " + "viewer { id } " * 100 + "}") == ["LIMIT"]
    for fragments, codes in ((50, []), (100, ["LIMIT"])):
        spreads = " ".join(f"...F{n}" for n in range(fragments))
        texts = (f"fragment F{n} on Query {{ viewer {{ id }} }}" for n in range(fragments))
        assert await ask_late.codes(f"{{ {spreads} }} {' '.join(texts)}") == codes


def _with_unknown(fields: int) -> str:
    inner = " ".join(f"unknown{n}: 1" for n in range(fields))
    return f"siteUserSegments(filter: {{{inner}}}) {{ totalCount }}"


async def test_a_value_is_told_once_however_much_is_wrong_in_it(ask_late: GraphClient) -> None:
    """Each error prints all of it."""
    assert await ask_late.codes(f"{{ {_with_unknown(1_600)} }}") == ["INVALID"]
    assert (
        await ask_late.codes(f"{{ {_with_unknown(3)} b: {_with_unknown(2)} }}") == ["INVALID"] * 2
    )


@pytest.mark.parametrize("unknown", [MAX_ERRORS, MAX_ERRORS + 1, 400])
async def test_some_errors_are_told(ask_late: GraphClient, unknown: int) -> None:
    """Then one more, which says that there are others."""
    query = "{ " + " ".join(f"unknown{n}" for n in range(unknown)) + "}"
    assert await ask_late.codes(query) == ["INVALID"] * min(unknown, MAX_ERRORS + 1)


FAULTY = {
    "field": "{ viewer { ids } }",
    "argument": "{ siteUserSegments(firsts: 1) { totalCount } }",
    "type": "query ($n: Ints) { siteUserSegments(first: $n) { totalCount } }",
    "directive": "{ viewer @includes(if: true) { id } }",
    "variable": "query ($n: Int) { viewer { id } }",
    "conflict": "{ a: viewer { id } a: logStatus { head } }",
    "literal": '{ siteUserSegments(first: "1") { totalCount } }',
    "literal in a list": "{ siteUserSegments(filter: {codes: [1]}) { totalCount } }",
    "literal of our own kind": "{ siteUserSegments(minPosition: -1) { totalCount } }",
    "missing argument": "{ node { id } }",
    "missing field": "mutation { createUserSegment(input: {}) { position } }",
    "two of one": '{ userSegment(segment: {code: "a", id: "b"}) { id } }',
    "none of one": "{ userSegment(segment: {}) { id } }",
    "null of one": "{ userSegment(segment: {code: null}) { id } }",
    "lists of the schema": (
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
    ),
}


@pytest.mark.parametrize("text", FAULTY.values(), ids=FAULTY)
def test_what_is_found_is_what_strawberry_finds(text: str) -> None:
    """Where it is, too; without the names that are similar."""
    found = [error.formatted for error in errors_of(CORE, parse(text), hide_suggestions=True)]
    others = [error.formatted for error in validate_document(CORE, parse(text), specified_rules)]
    assert found
    assert found == [
        {**other, "message": other["message"].partition(" Did you mean ")[0]} for other in others
    ]
