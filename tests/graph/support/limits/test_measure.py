"""Every definition of a document is measured, run or not; bombs cost no more than they are long."""

from __future__ import annotations

import pytest

from graph.support.execution import document_limits
from tests.graph.client import GraphClient
from tests.graph.support.documents import aliased, codes, wide


def _steps(levels: int) -> str:
    """Fields of an event in each other."""
    turn = ("segment", "history(first: 1)", "nodes")
    steps = [turn[n % 3] for n in range(levels - 1)]
    return "{ " + " { ".join([*steps, "__typename"]) + " }" * levels


def _deep(levels: int) -> str:
    """All but the first in a fragment."""
    fragment = f"fragment F on RecordedEvent {_steps(levels - 1)}"
    return f'{{ node(id: "event_1") {{ ...F }} }} {fragment}'


def _spread(times: int) -> str:
    """One after the other, and each holds another."""
    fragments = "fragment F on Query { ...G } fragment G on Query { viewer { id } }"
    return f"{{ {'...F ' * (times // 2)} {'...G ' * (times % 2)} }} {fragments}"


def _inline(times: int) -> str:
    """Fragments without a name, a hundred in each other."""
    whole, rest = divmod(times, 100)
    nested = ["... { " * deep + "id " + "} " * deep for deep in [100] * whole + [rest] * bool(rest)]
    return f"{{ viewer {{ {' '.join(nested)} }} }}"


def _doubling(fragments: int, field: str) -> str:
    """The field as often as two to the power of the fragments."""
    links = (f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(fragments))
    return f"{{ ...F0 }} {' '.join(links)} fragment F{fragments} on Query {{ {field} }}"


def _chain(spreads: int) -> str:
    """Each fragment spreads the next."""
    links = (f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(1, spreads))
    return f"{{ ...F1 }} {' '.join(links)} fragment F{spreads} on Query {{ viewer {{ id }} }}"


def _unused(selection: str) -> str:
    return f"{{ viewer {{ id }} }} fragment Unused on Query {selection}"


def _not_chosen(selection: str) -> str:
    return f"query Chosen {{ viewer {{ id }} }} query Other {selection}"


def _in_all(fields: int) -> str:
    """So many fields, a hundred in each operation."""
    whole, rest = divmod(fields, 100)
    others = [f"query Q{n} {wide(100)}" for n in range(whole)]
    return " ".join([f"query Chosen {wide(rest)}", *others])


WITHIN = {
    "levels in a fragment": _deep(document_limits.MAX_LEVELS),
    "spreads": _spread(document_limits.MAX_SPREADS),
    "spreads without a name": _inline(document_limits.MAX_SPREADS),
    "fields not chosen": _not_chosen(wide(document_limits.MAX_FIELDS)),
    "aliases not chosen": _not_chosen(
        f"{{ {aliased('viewer { id }', document_limits.MAX_ALIASES)} }}"
    ),
    "fields in all": _in_all(document_limits.MAX_DOCUMENT_FIELDS),
    "doubled eight times": _doubling(7, "viewer { id }"),
}
BEYOND = {
    "levels in a fragment": _deep(document_limits.MAX_LEVELS + 1),
    "spreads": _spread(document_limits.MAX_SPREADS + 1),
    "spreads without a name": _inline(document_limits.MAX_SPREADS + 1),
    "fields not chosen": _not_chosen(wide(document_limits.MAX_FIELDS + 1)),
    "aliases not chosen": _not_chosen(
        f"{{ {aliased('viewer { id }', document_limits.MAX_ALIASES + 1)} }}"
    ),
    "fields in all": _in_all(document_limits.MAX_DOCUMENT_FIELDS + 1),
    "doubled nine times": _doubling(8, "viewer { id }"),
    "doubled six hundred times": _doubling(400, "viewer { id }"),
    "fields unused": _unused(wide(document_limits.MAX_FIELDS + 1)),
    "aliases unused": _unused(f"{{ {aliased('viewer { id }', document_limits.MAX_ALIASES + 1)} }}"),
    "a bomb unused": _unused("{ id }") + _doubling(100, "viewer { id }").removeprefix("{ ...F0 }"),
    "the first of a name": _unused(wide(document_limits.MAX_FIELDS + 1))
    + " fragment Unused on Query { id }",
    "fragments in each other": _chain(document_limits.MAX_SPREADS + 1),
    "directives of a definition": "query "
    + "@a " * (document_limits.MAX_DIRECTIVES + 1)
    + "{ __typename }",
}


@pytest.mark.parametrize("query", WITHIN.values(), ids=WITHIN)
async def test_a_document_within_the_limits_runs(ask_late: GraphClient, query: str) -> None:
    """Whatever is not run of it."""
    assert await codes(ask_late, query) == []


@pytest.mark.parametrize("query", BEYOND.values(), ids=BEYOND)
async def test_one_definition_beyond_a_limit_is_enough(
    ask_late: GraphClient, validated: list[object], query: str
) -> None:
    """Before the rules of GraphQL, which look at all of them."""
    assert await codes(ask_late, query) == ["LIMIT"]
    assert validated == []


@pytest.mark.parametrize(
    "query",
    [
        _unused(wide(document_limits.MAX_FIELDS)),
        _unused(f"{{ {aliased('viewer { id }', document_limits.MAX_ALIASES)} }}"),
    ],
    ids=["fields", "aliases"],
)
async def test_an_unused_fragment_within_the_limits_is_only_unused(
    ask_late: GraphClient, query: str
) -> None:
    """Another rule says so."""
    assert await codes(ask_late, query) == ["INVALID"]


async def test_fragments_in_each_other_are_measured_however_many(ask_late: GraphClient) -> None:
    """Not too many for the limit, though for GraphQL's rules, which go into them."""
    assert await codes(ask_late, _chain(150)) == []
    assert await codes(ask_late, _chain(document_limits.MAX_SPREADS)) == ["LIMIT"]


@pytest.mark.parametrize("fragments", [1, 2, 400])
async def test_a_circle_of_fragments_is_refused_at_once(
    ask_late: GraphClient, validated: list[object], fragments: int
) -> None:
    """With one error, at one of them."""
    circle = (
        f"fragment F{n} on Query {{ ...F{(n + 1) % fragments} viewer {{ id }} }}"
        for n in range(fragments)
    )
    error = await ask_late.only_error("{ ...F0 } " + " ".join(circle))
    assert error["extensions"] == {"code": "INVALID"}
    assert "circle" in error["message"]
    assert error["locations"]
    assert validated == []
