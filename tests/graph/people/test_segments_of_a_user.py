"""User.segments: what somebody is in, as far as one may see it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Role
from tests.graph.client import GraphClient
from tests.graph.principals import AUDITOR, TRAINER, acting_as

SEGMENTS = """
    query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
        user(user: {id: $id}) {
            segments(first: $first, after: $after, last: $last, before: $before) {
                nodes { name status memberCount }
                edges { cursor }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                totalCount
            }
        }
    }
"""


@pytest.fixture
async def ann(ask: GraphClient) -> dict[str, Any]:
    """She is in two visible segments, an invisible one and an archived one; not in Other."""
    user = await ask.create_user("ann")
    await ask.create_user("bo")
    for name in ("Item 10", "Item 2", "Hidden", "Past", "Other"):
        await ask.create(name, code=name, visible=name != "Hidden")
        await ask.add(name, *(["bo"] if name == "Other" else ["ann", "bo"]))
    await ask.done("archiveUserSegment", {"segment": {"code": "Past"}})
    return user


async def _segments(ask: GraphClient, user: dict[str, Any], **arguments: Any) -> dict[str, Any]:
    data = await ask(SEGMENTS, id=user["id"], **arguments)
    found: dict[str, Any] = data["user"]["segments"]
    return found


def _names(page: dict[str, Any]) -> list[str]:
    return [node["name"] for node in page["nodes"]]


async def test_a_learner_sees_the_visible_ones(ask: GraphClient, ann: dict[str, Any]) -> None:
    """Of their own; another's entry they do not see at all."""
    found = await _segments(ask, ann, by=acting_as(ann, Role.LEARNER))
    assert _names(found) == ["Item 2", "Item 10", "Past"]
    assert found["totalCount"] == 3
    bo = {"id": (await ask('{ user(user: {username: "bo"}) { id } }'))["user"]["id"]}
    data = await ask(SEGMENTS, acting_as(ann, Role.LEARNER), id=bo["id"])
    assert data == {"user": None}


async def test_others_see_all_of_them_by_name(ask: GraphClient, ann: dict[str, Any]) -> None:
    """Archived ones, too, and with the number of all who are in."""
    for principal in (TRAINER, AUDITOR):
        found = await _segments(ask, ann, by=principal)
        assert _names(found) == ["Hidden", "Item 2", "Item 10", "Past"]
        assert {node["memberCount"] for node in found["nodes"]} == {2}
        assert found["nodes"][-1]["status"] == "ARCHIVED"
        assert found["totalCount"] == 4


async def test_pages_follow_each_other_in_both_directions(
    ask: GraphClient, ann: dict[str, Any]
) -> None:
    """As on any list."""
    first = await _segments(ask, ann, first=3)
    info = first["pageInfo"]
    assert (_names(first), info["hasNextPage"]) == (["Hidden", "Item 2", "Item 10"], True)
    second = await _segments(ask, ann, first=3, after=info["endCursor"])
    assert (_names(second), second["pageInfo"]["hasNextPage"]) == (["Past"], False)
    last = await _segments(ask, ann, last=1)
    assert (_names(last), last["totalCount"]) == (["Past"], 4)
    before = await _segments(ask, ann, last=2, before=last["pageInfo"]["startCursor"])
    assert _names(before) == ["Item 2", "Item 10"]


async def test_what_ended_is_not_shown(ask: GraphClient, ann: dict[str, Any]) -> None:
    """Whether they left, the segment was deleted, or they were erased."""
    await ask.remove("Item 2", "ann")
    await ask.done("deleteUserSegment", {"segment": {"code": "Item 10"}, "reason": "Closed."})
    await ask.settle()
    assert _names(await _segments(ask, ann)) == ["Hidden", "Past"]
    await ask.done("eraseUser", {"user": {"username": "ann"}, "reason": "Left."})
    assert (await _segments(ask, ann))["totalCount"] == 0


@pytest.mark.parametrize(
    ("page_request", "code"),
    [({"first": 101}, "LIMIT"), ({"after": "nonsense"}, "INVALID")],
    ids=["first beyond the limit", "after is no cursor"],
)
async def test_a_window_that_cannot_be_is_refused(
    ask: GraphClient, page_request: dict[str, Any], code: str
) -> None:
    """The error is located at the segments."""
    user = await ask.create_user("ann")
    error = await ask.only_error(SEGMENTS, id=user["id"], **page_request)
    assert (error["extensions"]["code"], error["path"]) == (code, ["user", "segments"])
