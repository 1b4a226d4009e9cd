"""Introspection is measured like all else, so that no few words take a worker half a minute."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.support.execution import document_limits
from tests.graph.client import GraphClient
from tests.graph.support.documents import aliased, codes

SCHEMA = "__schema { description }"
TYPE = '__type(name: "User") { kind }'


def _schemas(times: int) -> str:
    return f"{{ {aliased(SCHEMA, times)} }}"


def _types(times: int) -> str:
    return f"{{ {aliased(TYPE, times)} }}"


def _both(times: int) -> str:
    return f"{{ {TYPE} {aliased(SCHEMA, times - 1)} }}"


def _one_in_a_fragment(times: int) -> str:
    return f"{{ ...F {aliased(SCHEMA, times - 1)} }} fragment F on Query {{ {SCHEMA} }}"


def _aliases(times: int) -> str:
    return f"{{ __schema {{ {aliased('description', times)} }} }}"


def _aliases_of_lists(times: int) -> str:
    return f"{{ __schema {{ queryType {{ {aliased('interfaces { name }', times)} }} }} }}"


def _levels(levels: int) -> str:
    steps = ["__schema", "queryType", *["ofType"] * (levels - 3), "kind"]
    return "{ " + " { ".join(steps) + " }" * levels


def _fields(fields: int) -> str:
    """Twelve of each name in one place, and ten such places below each other."""
    places, rest = divmod(fields - 2, 49)
    inner = "isOneOf " * rest
    for _ in range(places):
        inner = f"{'name kind description __typename ' * 12} ofType {{ {inner} }}"
    return f"{{ __schema {{ queryType {{ {inner} }} }} }}"


def _directives(times: int) -> str:
    return "{ __schema { " + "description @skip(if: false) " * times + "} }"


LIMITS: dict[str, tuple[Callable[[int], str], int]] = {
    "__schema": (_schemas, document_limits.MAX_INTROSPECTIONS),
    "__type": (_types, document_limits.MAX_INTROSPECTIONS),
    "one of both": (_both, document_limits.MAX_INTROSPECTIONS),
    "one in a fragment": (_one_in_a_fragment, document_limits.MAX_INTROSPECTIONS),
    "aliases": (_aliases, document_limits.MAX_ALIASES),
    "aliases of lists": (_aliases_of_lists, document_limits.MAX_ALIASES),
    "levels": (_levels, document_limits.MAX_LEVELS),
    "fields": (_fields, document_limits.MAX_FIELDS),
    "directives": (_directives, document_limits.MAX_DIRECTIVES),
}


@pytest.mark.parametrize(("document", "most"), LIMITS.values(), ids=LIMITS)
async def test_as_much_as_a_limit_lets_is_answered(
    ask_late: GraphClient, document: Callable[[int], str], most: int
) -> None:
    """And one more is refused, with an error that says what there is too much of."""
    assert await ask_late.codes(document(most)) == []
    error = await ask_late.only_error(document(most + 1))
    extensions = error["extensions"]
    assert (extensions["code"], extensions["limit"]) == ("LIMIT", most)
    assert f"at most {most} " in error["message"]
    assert error["locations"]


WHOLE = "types { name kind description fields { name args { name } type { name } } }"
FIELDS = f"fields {{ {aliased('type { name }', 30)} }}"


@pytest.mark.parametrize(
    "query",
    [
        f"{{ {aliased('__schema { ...F }', 500)} }} fragment F on __Schema {{ {WHOLE} }}",
        f"{{ __schema {{ types {{ {aliased(FIELDS, 20)} }} }} }}",
        "{ __schema { " + "description " * 1_200 + "} }",
        f"{{ viewer {{ id }} }} fragment F on Query {{ {aliased(SCHEMA, 3)} }}",
        f"query Chosen {{ viewer {{ id }} }} query B {{ {aliased(SCHEMA, 3)} }}",
    ],
    ids=["again and again", "fields of fields", "one field", "unused", "not chosen"],
)
async def test_what_is_made_to_exhaust_is_refused_at_once(
    ask_late: GraphClient, validated: list[object], query: str
) -> None:
    """The first took a worker half a minute, and was answered with 58 MB."""
    assert await codes(ask_late, query) == ["LIMIT"]
    assert validated == []


async def test_lists_in_lists_in_lists_are_invalid(ask_late: GraphClient) -> None:
    """By a rule of GraphQL's own."""
    deep = "{ __schema { queryType { fields { type { fields { type { fields { name } } } } } } } }"
    assert await ask_late.codes(deep) == ["INVALID"]
