"""Questions about the schema: what tools ask is answered, and not much more."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, get_introspection_query, parse

from graph.schema import schema
from graph.support.execution import document_limits
from graph.support.limits.introspection import IntrospectionWork
from graph.support.limits.measure import measures, with_fragments
from tests.graph.client import GraphClient
from tests.graph.support.documents import codes, run

CORE = schema._schema
STANDARD = {
    "as tools ask": get_introspection_query(),
    "with all options": get_introspection_query(
        descriptions=True,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
        experimental_directive_deprecation=True,
        one_of=True,
    ),
}
DETAILS = """
    name description fields { name args { name type { name } } type { name ofType { name } } }
    enumValues { name } inputFields { name defaultValue } possibleTypes { name }
"""
COUNTED = STANDARD | {
    "fields of types": "{ __schema { types { fields { type { name } } } } }",
    "fields of their types": "{ __schema { types { fields { type { fields { name } } } } } }",
    "of all kinds": (
        "{ __schema { types { interfaces { name } possibleTypes { name } enumValues { name }"
        " inputFields { type { ofType { kind } } } fields { args { type { kind } } } }"
        " directives { args { name } locations } queryType { __typename kind } } }"
    ),
    "one type": f'{{ __type(name: "UserSegment") {{ {DETAILS} }} }}',
    "no such type": '{ __type(name: "Nothing") { name fields { name } } }',
    "fragments": (
        "{ ...S ... on Query { a: __schema { ...T } } } fragment S on Query { __schema { ...T } }"
        " fragment T on __Schema { types { ... { ... on __Type { name } } } }"
    ),
}


def _work(text: str, enough: int = 10**9) -> int:
    definitions = parse(text).definitions
    fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
    work = IntrospectionWork(CORE, fragments, enough)
    for definition in definitions:
        if isinstance(definition, OperationDefinitionNode):
            work.add(definition)
    return work.amount


def _selections(text: str) -> int:
    """Of the last operation, with all fragments that it spreads."""
    *_, operation = with_fragments(measures(parse(text), CORE))
    return operation.fields + operation.spreads


def _values(data: Any) -> int:
    """How many an answer has."""
    if isinstance(data, list):
        return sum(map(_values, data))
    if isinstance(data, dict):
        return len(data) + sum(map(_values, data.values()))
    return 0


@pytest.mark.parametrize("query", COUNTED.values(), ids=COUNTED)
async def test_work_is_known_before_it_is_done(ask_late: GraphClient, query: str) -> None:
    """To the last value; tools are within the bound."""
    values = _values(await ask_late(query))
    assert values > 0
    assert _work(query) == values + _selections(query)
    assert _work(query) <= document_limits.MAX_INTROSPECTED


async def test_a_type_that_a_variable_names_counts_as_all(ask_late: GraphClient) -> None:
    """A document is let in before its variables are known, and remembered without them."""
    query = f"query ($name: String!) {{ __type(name: $name) {{ {DETAILS} }} }}"
    every = f"{{ __schema {{ types {{ {DETAILS} }} }} }}"
    assert _work(query) == _work(every) - 2  # the field `types`, and its value
    assert (await ask_late(query, name="User"))["__type"]["name"] == "User"


def test_work_is_not_counted_much_further_than_it_may_be() -> None:
    """Not even where it has a thousand times as much."""
    inner = "name"
    for _ in range(6):
        inner = f"fields {{ type {{ {inner} }} }} possibleTypes {{ {inner} }}"
    assert 1_000 < _work(f"{{ __schema {{ types {{ {inner} }} }} }}", 1_000) < 3_000
    bomb = "".join(f" fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(40))
    assert _work("{ ...F0 }" + bomb + "fragment F40 on Query { id }", 1_000) == 1_001


async def test_a_document_has_as_many_values_as_the_bound_lets(
    ask_late: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In all its operations together, and not one more."""
    query = (
        "query Chosen { __schema { types { fields { name } } } }"
        f" query Q{uuid4().hex} {{ __schema {{ types {{ name }} }} }}"  # nobody remembers it
    )
    monkeypatch.setattr(document_limits, "MAX_INTROSPECTED", _work(query) - 1)
    assert await codes(ask_late, query) == ["LIMIT"]
    monkeypatch.setattr(document_limits, "MAX_INTROSPECTED", _work(query))
    assert await codes(ask_late, query) == []


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { description } }",
        '{ viewer { id } __type(name: "User") { name } }',
        "{ ...F } fragment F on Query { ... { a: __schema { description } } }",
        "{ viewer { id } } fragment F on Query { __schema { description } }",
        "query Chosen { viewer { id } } query Other { __schema { description } }",
    ],
    ids=["schema", "type", "fragment", "unused", "not chosen"],
)
async def test_where_it_is_off_it_is_refused(ask_late: GraphClient, query: str) -> None:
    """Also what was let in where it was on; the error says where, and where the schema is."""
    await run(ask_late, query)
    result = await run(ask_late.on(introspection=False), query)
    assert result.errors is not None
    (error,) = result.errors
    assert error.extensions == {"code": "INVALID"}
    assert error.locations == [(1, query.index("__") + 1 - 3 * ("a: " in query))]
    assert "graph/schema.graphql" in error.message
    assert "SEGMENTS_INTROSPECTION" in error.message


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename viewer { __typename } }",
        "{ viewer { id } } # __schema",
        '{ siteUserSegments(search: "__type") { totalCount } }',
        "query __schema { viewer { id } }",
    ],
    ids=["typename", "comment", "text", "name"],
)
async def test_what_only_looks_like_it_is_answered(ask_late: GraphClient, query: str) -> None:
    """And so is `__typename`, always."""
    assert await ask_late.on(introspection=False).codes(query) == []
