"""Cursors belong to one list in one order: another list refuses them."""

from __future__ import annotations

import pytest

from tests.graph.client import GraphClient

SALES = 'userSegment(segment: {code: "sales"})'
MOMENTS = "from: {position: 0}, to: {position: 4}"
COMPARED = f'compareSegment(segment: {{code: "sales"}}, {MOMENTS})'
ANN = 'user(user: {username: "ann"})'
PAGE = "edges { cursor } totalCount"

LISTS = {
    "siteUserSegments": ("siteUserSegments(%s) { PAGE }", ()),
    "siteUserSegments by code": ("siteUserSegments(orderBy: {field: CODE}, %s) { PAGE }", ()),
    "segments of a user": (f"{ANN} {{ list: segments(%s) {{ PAGE }} }}", ("list",)),
    "users": ("users(%s) { PAGE }", ()),
    "members": (f"{SALES} {{ list: members(%s) {{ PAGE }} }}", ("list",)),
    "joined": (f"{COMPARED} {{ list: joined(%s) {{ PAGE }} }}", ("list",)),
    "events": ("events(%s) { PAGE }", ()),
    "history": (f"{SALES} {{ list: history(%s) {{ PAGE }} }}", ("list",)),
    "commands": ("commands(%s) { PAGE }", ()),
}


def _query(name: str, arguments: str) -> str:
    return "{ it: " + LISTS[name][0].replace("%s", arguments).replace("PAGE", PAGE) + " }"


async def _cursors(ask: GraphClient) -> dict[str, str]:
    """The first cursor of each list, of a site where Ann is in Sales."""
    await ask.create("Sales", code="sales")
    await ask.create_users("ann", "bo")
    await ask.add("sales", "ann")
    await ask.settle()
    found = {}
    for name, (_, path) in LISTS.items():
        part = (await ask(_query(name, "first: 1")))["it"]
        for step in path:
            part = part[step]
        found[name] = part["edges"][0]["cursor"]
    return found


@pytest.mark.parametrize("name", LISTS)
async def test_a_cursor_is_of_its_own_list(ask: GraphClient, name: str) -> None:
    """There it is good; any other list says that it is none of its."""
    found = {
        other: await ask.codes(_query(name, f'first: 1, after: "{cursor}"'))
        for other, cursor in (await _cursors(ask)).items()
    }
    assert found == {other: [] if other == name else ["INVALID"] for other in LISTS}


async def test_a_filter_and_a_moment_are_of_the_same_list(ask: GraphClient) -> None:
    """A place stays a place, whatever is left out around it."""
    cursor = (await _cursors(ask))["siteUserSegments"]
    for more in ("filter: {visible: true}", 'search: "x"', "asOf: {position: 4}"):
        query = _query("siteUserSegments", f'{more}, first: 1, after: "{cursor}"')
        assert await ask.codes(query) == []
