"""Operation limits: what is too deep, too wide or multiplies too far is refused before it runs."""

from __future__ import annotations

import pytest

from graph.support.execution import document_limits
from tests.graph.client import GraphClient
from tests.graph.support.documents import wide


def _levels(count: int) -> str:
    """Fields `count` deep: an event's segment, its history's events, their segments, and so on."""
    turn = ("segment", "history(first: 1)", "nodes")
    steps = ["...on RecordedEvent", *(turn[k % 3] for k in range(count - 2)), "__typename"]
    return '{ node(id: "event_1") { ' + " { ".join(steps) + " }" * (len(steps) + 1)


def _aliased(times: int) -> str:
    return "{ " + " ".join(f"a{n}: viewer {{ id }}" for n in range(times)) + " }"


def _directed(times: int) -> str:
    return "{ viewer { " + "id @include(if: true) " * times + "} }"


def _lines(count: int) -> str:
    """With each of the three ways in which they end."""
    whole, rest = divmod(count - 1, 3)
    return "{" + "\n \r\n \r " * whole + "\n" * rest + "viewer { id } }"


def _pages(*sizes: int) -> str:
    """A page of segments, of each a page of events, of each one's segment a page of events, …"""
    first, *more = sizes
    inner = "id"
    for size in reversed(more):
        inner = f"history(first: {size}) {{ nodes {{ segment {{ {inner} }} }} }}"
    return f"{{ siteUserSegments(first: {first}) {{ nodes {{ {inner} }} }} }}"


def _rendered(*pages: int) -> str:
    """Pages of segments, each with its description as HTML."""
    fields = "{ nodes { descriptionHtml } }"
    asked = (f"a{n}: siteUserSegments(first: {size}) {fields}" for n, size in enumerate(pages))
    return "{ " + " ".join(asked) + " }"


WITHIN = {
    "levels": _levels(document_limits.MAX_LEVELS),
    "aliases": _aliased(document_limits.MAX_ALIASES),
    "directives": _directed(document_limits.MAX_DIRECTIVES),
    "fields": wide(document_limits.MAX_FIELDS),
    "lines": _lines(document_limits.MAX_LINES),
    "renderings": _rendered(100, document_limits.MAX_RENDERINGS - 100),
    "pages of pages": _pages(100, 100),
    "pages of single ones": _pages(100, 1, 1, 1),
    "edges": (
        "{ siteUserSegments(first: 100) { edges { node { history(first: 50) { totalCount } } } } }"
    ),
}
FACTS = "history(first: 100) { nodes { segment { history(first: 100) { totalCount } } } }"
BEYOND = {
    "levels": _levels(document_limits.MAX_LEVELS + 1),
    "aliases": _aliased(document_limits.MAX_ALIASES + 1),
    "directives": _directed(document_limits.MAX_DIRECTIVES + 1),
    "fields": wide(document_limits.MAX_FIELDS + 1),
    "lines": _lines(document_limits.MAX_LINES + 1),
    "renderings": _rendered(100, document_limits.MAX_RENDERINGS - 100, 1),
    "renderings of one page": "{ siteUserSegments(first: 100) { nodes { "
    + " ".join(f"a{n}: descriptionHtml" for n in range(30))
    + " } } }",
    "pages three deep": _pages(100, 100, 2),
    "pages four deep": _pages(100, 2, 100, 2),
    # Fragments, named or not, hide nothing.
    "named fragment": "{ ...F } fragment F on Query { " + _pages(100, 100, 2)[1:],
    "inline fragments": (
        "{ ... { siteUserSegments(first: 100) { ... { nodes { ... on UserSegment { "
        + FACTS
        + " } } } } } }"
    ),
    # Pages of the default size count, whatever they are asked for by.
    "default sizes": (
        "{ siteUserSegments { ... { nodes { history { ... { nodes { segment { history {"
        " ...G } } } } } } } } }"
        " fragment G on RecordedEventConnection { nodes { segment { history { totalCount } } } }"
    ),
    # A size that is not known yet is the largest.
    "size unknown": "query ($n: Int) { siteUserSegments(first: $n) { nodes { " + FACTS + " } } }",
    # Lists that are no connections multiply as well.
    "list of nodes": (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on UserSegment { " + FACTS + " } } }"
    ),
    "list of errors": (
        'mutation { updateUserSegment(input: {segment: {code: "x"}, expectedVersion: 1}) { errors {'
        " ... on VersionConflict { since { segment { " + FACTS + " } } } } } }"
    ),
}


@pytest.mark.parametrize("query", WITHIN.values(), ids=WITHIN)
async def test_an_operation_within_the_limits_runs(ask_late: GraphClient, query: str) -> None:
    """Just within, one limit at a time."""
    assert await ask_late.codes(query) == []


@pytest.mark.parametrize("query", BEYOND.values(), ids=BEYOND)
async def test_an_operation_beyond_a_limit_is_refused(ask_late: GraphClient, query: str) -> None:
    """With one error that says which limit; every time, though texts are remembered."""
    for _ in range(2):
        error = await ask_late.only_error(query, ids=["event_1"])
        assert error["extensions"]["code"] == "LIMIT"
        limit = error["extensions"]["limit"]
        assert f"at most {limit:,} " in error["message"]
        assert error["extensions"].get("actual", limit + 1) > limit
        assert error["locations"]


def _doubling(fragments: int) -> str:
    chain = (f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(fragments))
    return "{ ...F0 }" + "".join(chain)


@pytest.mark.parametrize(
    "query",
    [
        "{ " + "viewer { id } " * 1_000 + "}",
        "{ " + "a: viewer { id kind } " * 800 + "}",
        "{ " + "...F " * 2_000 + "} fragment F on Query { viewer { id } }",
        _doubling(40),
        "{ viewer { " + "id " * 1_000_000 + "} }",
        "{ viewer" * 1_000,
        "{ siteUserSegments(filter: {codes: " + "[" * 2_000 + "]" * 2_000 + "}) { totalCount } }",
        "{ " + "... { " * 1_000 + "viewer { id }" + " }" * 1_001,
    ],
    ids=[
        "fields",
        "fields of one alias",
        "spreads",
        "fragments that double",
        "fields below one",
        "levels",
        "lists in an argument",
        "inline fragments",
    ],
)
async def test_what_is_made_to_exhaust_is_refused_at_once(
    ask_late: GraphClient, validated: list[object], query: str
) -> None:
    """Before the rules of GraphQL, some of which take longer the more there is."""
    assert await ask_late.codes(query) == ["LIMIT"]
    assert validated == []


async def test_unknown_names_are_left_to_other_rules(ask_late: GraphClient) -> None:
    """They are invalid, not too large."""
    unknown = "{ ...Unknown ... on Unknown { id } unknown(first: 100) { nodes { id } } }"
    assert set(await ask_late.codes(unknown)) == {"INVALID"}
