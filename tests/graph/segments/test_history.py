"""history: what happened to a segment, newest last, in pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, TRAINER

HISTORY = """
    query ($asOf: AsOf, $first: Int, $after: String, $last: Int, $before: String) {
        userSegment(segment: {code: "sales"}, asOf: $asOf) {
            history(first: $first, after: $after, last: $last, before: $before) {
                nodes { position }
                edges { cursor node { position type } }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                totalCount
            }
        }
    }
"""


async def _six_events(ask: GraphClient) -> None:
    """At positions 1, 3, 4, 5, 6 and 7; at 2 there is one of another segment."""
    await ask.create("Sales", code="sales")
    await ask.create("Other")
    ref = {"segment": {"code": "sales"}}
    await ask.done("updateUserSegment", {**ref, "name": "Sales Team"}, by=TRAINER)
    await ask.done("archiveUserSegment", ref)
    await ask.done("restoreUserSegment", ref)
    await ask.done("updateUserSegment", {**ref, "visible": False})
    await ask.done("updateUserSegment", {**ref, "visible": True})


async def _history(ask: GraphClient, **arguments: Any) -> dict[str, Any]:
    data = await ask(HISTORY, AUDITOR, **arguments)
    history: dict[str, Any] = data["userSegment"]["history"]
    assert [edge["node"]["position"] for edge in history["edges"]] == _positions(history)
    return history


def _positions(history: dict[str, Any]) -> list[int]:
    return [node["position"] for node in history["nodes"]]


async def test_who_may_see_the_segment_may_see_its_history(ask: GraphClient) -> None:
    """A learner does not get as far as the segment."""
    await ask.create("Sales", code="sales")
    for principal in (ADMIN, TRAINER, AUDITOR):
        data = await ask(HISTORY, principal)
        assert data["userSegment"]["history"]["totalCount"] == 1
    assert await ask(HISTORY, LEARNER) == {"userSegment": None}


async def test_it_holds_the_segments_own_events_in_order(ask: GraphClient) -> None:
    """Those of others are in theirs."""
    await _six_events(ask)
    history = await _history(ask)
    assert _positions(history) == [1, 3, 4, 5, 6, 7]
    assert [edge["node"]["type"] for edge in history["edges"]] == [
        "segment.created",
        "segment.edited",
        "segment.archived",
        "segment.restored",
        "segment.edited",
        "segment.edited",
    ]
    assert history["totalCount"] == 6


async def test_pages_follow_each_other_in_both_directions(ask: GraphClient) -> None:
    """Their ends are told, and totalCount counts all pages."""
    await _six_events(ask)
    first = await _history(ask, first=4)
    info = first["pageInfo"]
    assert _positions(first) == [1, 3, 4, 5]
    assert (info["hasPreviousPage"], info["hasNextPage"], first["totalCount"]) == (False, True, 6)
    second = await _history(ask, first=4, after=info["endCursor"])
    assert _positions(second) == [6, 7]
    assert second["pageInfo"]["hasNextPage"] is False
    newest = await _history(ask, last=4)
    assert _positions(newest) == [4, 5, 6, 7]
    assert newest["pageInfo"]["hasPreviousPage"] is True
    oldest = await _history(ask, last=4, before=newest["pageInfo"]["startCursor"])
    assert _positions(oldest) == [1, 3]
    assert oldest["pageInfo"]["hasPreviousPage"] is False


async def test_as_of_a_moment_it_ends_there(ask: GraphClient) -> None:
    """Its total, too."""
    await _six_events(ask)
    then = await _history(ask, asOf={"position": 4})
    assert _positions(then) == [1, 3, 4]
    assert then["totalCount"] == 3
    assert then["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize(
    ("page_request", "code"),
    [
        pytest.param({"first": -1}, "INVALID", id="first negative"),
        pytest.param({"last": 101}, "LIMIT", id="last beyond the limit"),
        pytest.param({"first": 1, "last": 1}, "INVALID", id="first and last"),
        pytest.param({"after": "nonsense"}, "INVALID", id="after is no cursor"),
    ],
)
async def test_a_window_that_cannot_be_is_refused(
    ask: GraphClient, page_request: dict[str, Any], code: str
) -> None:
    """The error is located at the history."""
    await ask.create("Sales", code="sales")
    error = await ask.only_error(HISTORY, **page_request)
    assert error["extensions"]["code"] == code
    assert error["path"] == ["userSegment", "history"]


async def test_a_cursor_of_the_list_is_none_of_a_history(ask: GraphClient) -> None:
    """Nor the other way round."""
    await ask.create("Sales", code="sales")
    cursors = """{
        siteUserSegments(first: 1) {
            pageInfo { endCursor } nodes { history { pageInfo { endCursor } } }
        }
    }"""
    page = (await ask(cursors))["siteUserSegments"]
    ours = page["nodes"][0]["history"]["pageInfo"]["endCursor"]
    assert await ask.codes(HISTORY, after=page["pageInfo"]["endCursor"]) == ["INVALID"]
    listing = "query ($after: String) { siteUserSegments(after: $after) { totalCount } }"
    assert await ask.codes(listing, after=ours) == ["INVALID"]
