"""Paging through siteUserSegments: keyset cursors, forwards and backwards."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.graph.client import GraphClient
from tests.graph.segments.segments_fixture import BY_NAME, LIST, ORDERS, listed, names

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def _walk(
    ask: GraphClient, size: int, order: dict[str, str], *, backwards: bool
) -> list[str]:
    """Page by page to the other end; the names in the list's order."""
    found: list[str] = []
    cursor = None
    while True:
        page_request = (
            {"last": size, "before": cursor} if backwards else {"first": size, "after": cursor}
        )
        page = await listed(ask, orderBy=order, **page_request)
        found = names(page) + found if backwards else found + names(page)
        info = page["pageInfo"]
        assert info["startCursor"] == page["edges"][0]["cursor"]
        assert info["endCursor"] == page["edges"][-1]["cursor"]
        here, there = ("hasNextPage", "hasPreviousPage")[:: -1 if backwards else 1]
        assert info[there] is (cursor is not None)
        assert page["totalCount"] == len(BY_NAME)
        if not info[here]:
            return found
        cursor = info["startCursor" if backwards else "endCursor"]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("field", ORDERS)
async def test_pages_follow_each_other_in_every_order(
    library: GraphClient, field: str, direction: str
) -> None:
    """Forwards and backwards: no repeat, no gap."""
    order = {"field": field, "direction": direction}
    expected = ORDERS[field] if direction == "ASC" else ORDERS[field][::-1]
    assert await _walk(library, 7, order, backwards=False) == expected
    assert await _walk(library, 7, order, backwards=True) == expected


@pytest.mark.parametrize("size", [1, 35, 36, 37, 100])
async def test_every_size_comes_to_the_end(library: GraphClient, size: int) -> None:
    """A page that is just full is the last one."""
    assert await _walk(library, size, {}, backwards=False) == BY_NAME
    assert await _walk(library, size, {}, backwards=True) == BY_NAME


async def test_a_page_between_two_cursors(library: GraphClient) -> None:
    """Neither end is in it, from whichever side it is taken."""
    edges = (await listed(library, first=100))["edges"]
    between = {"after": edges[4]["cursor"], "before": edges[10]["cursor"]}
    assert names(await listed(library, **between)) == BY_NAME[5:10]
    assert names(await listed(library, first=2, **between)) == BY_NAME[5:7]
    assert names(await listed(library, last=2, **between)) == BY_NAME[8:10]
    crossed = {"after": edges[10]["cursor"], "before": edges[4]["cursor"]}
    assert names(await listed(library, **crossed)) == []


async def test_an_empty_page_says_what_there_is(library: GraphClient) -> None:
    """first: 0 asks for nothing but the count."""
    page = await listed(library, first=0)
    assert (page["edges"], page["totalCount"]) == ([], len(BY_NAME))
    assert page["pageInfo"]["hasNextPage"] is True
    assert page["pageInfo"]["startCursor"] is None


@pytest.mark.parametrize(
    ("page_request", "code", "argument"),
    [
        pytest.param({"first": -1}, "INVALID", "first", id="first negative"),
        pytest.param({"last": -1}, "INVALID", "last", id="last negative"),
        pytest.param({"first": 101}, "LIMIT", "first", id="first beyond the limit"),
        pytest.param({"last": 101}, "LIMIT", "last", id="last beyond the limit"),
        pytest.param({"first": 1, "last": 1}, "INVALID", "last", id="first and last"),
        pytest.param({"after": ""}, "INVALID", "after", id="after empty"),
        pytest.param({"before": "nonsense"}, "INVALID", "before", id="before is no cursor"),
        pytest.param({"after": "é"}, "INVALID", "after", id="after not ASCII"),
        pytest.param({"after": "W" * 5000}, "INVALID", "after", id="after too long"),
    ],
)
async def test_a_window_that_cannot_be_is_refused(
    library: GraphClient, page_request: dict[str, Any], code: str, argument: str
) -> None:
    """The error says which argument is at fault, and of what is too much, how much may be."""
    error = await library.only_error(LIST, **page_request)
    bound = {"limit": 100, "actual": 101} if code == "LIMIT" else {}
    assert error["extensions"] == {"code": code, "argument": argument, **bound}
    assert error["path"] == ["siteUserSegments"]


async def test_a_cursor_of_another_order_is_refused(library: GraphClient) -> None:
    """It names no place in this list."""
    cursor = (await listed(library, first=1))["pageInfo"]["endCursor"]
    other = {"field": "CREATED_AT"}
    assert await library.codes(LIST, after=cursor, orderBy=other) == ["INVALID"]


def _encoded(values: Any) -> str:
    text = json.dumps(values).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


_leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(
        ["0" * 32, "ff", "2026-03-01T12:00:00Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00Z"]
    )
)
_orders = st.sampled_from(sorted(ORDERS))
_forged = (
    st.text(max_size=50)
    | st.binary(max_size=50).map(lambda b: base64.urlsafe_b64encode(b).decode())
    | st.recursive(_leaves, st.lists, max_leaves=5).map(_encoded)
    | st.tuples(_orders, _leaves, _leaves).map(_encoded)
)


@given(cursor=_forged, order=_orders, backwards=st.booleans())
@hypothesis_settings(max_examples=300, deadline=None)
async def test_a_forged_cursor_is_a_place_or_refused(
    library: GraphClient, cursor: str, order: str, backwards: bool
) -> None:
    """Never anything worse, whatever is in it."""
    page_request: dict[str, Any] = {"first": 5, "after": cursor}
    if backwards:
        page_request = {"last": 5, "before": cursor}
    codes = await library.codes(LIST, orderBy={"field": order}, **page_request)
    assert codes in ([], ["INVALID"])
