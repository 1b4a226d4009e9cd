"""What membership means for segments: their counts, filters and order, and who sees them."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Role
from tests.graph.client import GraphClient
from tests.graph.memberships.member_queries import UNKNOWN_USER
from tests.graph.principals import AUDITOR, LEARNER, acting_as

LIST = """
    query (
        $filter: SegmentFilter, $orderBy: SegmentOrder, $asOf: AsOf, $search: String,
        $first: Int, $after: String
    ) {
        siteUserSegments(
            filter: $filter, orderBy: $orderBy, asOf: $asOf, search: $search,
            first: $first, after: $after
        ) {
            nodes { name memberCount }
            pageInfo { hasNextPage endCursor }
            totalCount
        }
    }
"""
ONE = "query ($ref: SegmentRef!) { userSegment(segment: $ref) { name memberCount } }"
NODE = "query ($id: ID!) { node(id: $id) { id } }"
BY_COUNT = {"field": "MEMBER_COUNT"}
BOTH = ["ACTIVE", "ARCHIVED"]


@pytest.fixture
async def site_of_four(ask: GraphClient) -> GraphClient:
    """big with ann, bo and cy; mid with ann and bo, invisible; old with ann, archived; none."""
    for username in ("ann", "bo", "cy"):
        await ask.create_user(username)
    for code, members in {"none": "", "mid": "ann bo", "big": "ann bo cy", "old": "ann"}.items():
        await ask.create(code, code=code, visible=code != "mid")
        await ask.add(code, *members.split())
    await ask.done("archiveUserSegment", {"segment": {"code": "old"}})
    return ask


async def _id(ask: GraphClient, username: str) -> dict[str, Any]:
    query = "query ($name: String!) { user(user: {username: $name}) { id displayName } }"
    user: dict[str, Any] = (await ask(query, name=username))["user"]
    return user


async def _listed(ask: GraphClient, **arguments: Any) -> dict[str, int]:
    page = (await ask(LIST, **arguments))["siteUserSegments"]
    assert page["totalCount"] == len(page["nodes"])
    return {node["name"]: node["memberCount"] for node in page["nodes"]}


async def test_a_learner_sees_the_visible_segments_that_they_are_in(
    site_of_four: GraphClient,
) -> None:
    """On the list, by code, by id; all others are as if there were none."""
    ann = acting_as(await _id(site_of_four, "ann"), Role.LEARNER)
    cy = acting_as(await _id(site_of_four, "cy"), Role.LEARNER)
    every = {"status": BOTH}
    assert await _listed(site_of_four, by=ann, filter=every) == {"big": 3, "old": 1}
    assert await _listed(site_of_four, by=ann) == {"big": 3}
    assert await _listed(site_of_four, by=ann, filter={"visible": False}) == {}
    assert await _listed(site_of_four, by=cy, filter=every) == {"big": 3}
    assert await _listed(site_of_four, by=cy, search="i") == {"big": 3}
    assert await _listed(site_of_four, by=LEARNER, filter=every) == {}
    ids = {
        code: (
            await site_of_four(
                "query ($c: String!) { userSegment(segment: {code: $c}) { id } }", c=code
            )
        )["userSegment"]["id"]
        for code in ("none", "mid", "big", "old")
    }
    for learner, seen in ((ann, {"big", "old"}), (cy, {"big"}), (LEARNER, set())):
        for code, identifier in ids.items():
            for ref in ({"code": code}, {"id": identifier}):
                found = (await site_of_four(ONE, learner, ref=ref))["userSegment"]
                assert (found is not None) is (code in seen)
            found = (await site_of_four(NODE, learner, id=identifier))["node"]
            assert (found is not None) is (code in seen)


async def test_a_learner_loses_sight_of_what_they_leave(site_of_four: GraphClient) -> None:
    """Or of what becomes invisible."""
    ann = acting_as(await _id(site_of_four, "ann"), Role.LEARNER)
    await site_of_four.add("none", "ann")
    assert await _listed(site_of_four, by=ann) == {"big": 3, "none": 1}
    await site_of_four.remove("big", "ann")
    edit = {"segment": {"code": "none"}, "visible": False}
    await site_of_four.done("updateUserSegment", edit)
    assert await _listed(site_of_four, by=ann) == {}


async def test_a_learner_asks_of_nobody_else_s_segments(site_of_four: GraphClient) -> None:
    """hasMember is themself, or nobody."""
    ann, bo = await _id(site_of_four, "ann"), await _id(site_of_four, "bo")
    learner = acting_as(ann, Role.LEARNER)
    assert await _listed(site_of_four, by=learner, filter={"hasMember": ann["id"]}) == {"big": 3}
    assert await _listed(site_of_four, by=learner, filter={"hasMember": bo["id"]}) == {}


async def test_a_learner_sees_no_history(site_of_four: GraphClient) -> None:
    """Of a segment that they do see."""
    ann = acting_as(await _id(site_of_four, "ann"), Role.LEARNER)
    query = '{ userSegment(segment: {code: "big"}) { history { totalCount } } }'
    assert await site_of_four.codes(query, ann) == ["FORBIDDEN"]


async def test_segments_are_kept_by_who_is_in_them(site_of_four: GraphClient) -> None:
    """With the other filters; nobody is in nothing."""
    ann, cy = await _id(site_of_four, "ann"), await _id(site_of_four, "cy")
    ask = site_of_four
    assert await _listed(ask, filter={"hasMember": ann["id"]}) == {"big": 3, "mid": 2}
    assert await _listed(ask, filter={"hasMember": ann["id"], "status": BOTH}) == {
        "big": 3,
        "mid": 2,
        "old": 1,
    }
    assert await _listed(ask, filter={"hasMember": ann["id"], "visible": False}) == {"mid": 2}
    assert await _listed(ask, filter={"hasMember": cy["id"]}) == {"big": 3}
    assert await _listed(ask, filter={"hasMember": UNKNOWN_USER}) == {}
    for nonsense in ("", "ann", "segment_019ca9450de877e0bc6b8398cda33856"):
        assert await ask.codes(LIST, filter={"hasMember": nonsense}) == ["INVALID"]


async def test_segments_are_kept_by_who_was_in_them(site_of_four: GraphClient) -> None:
    """As of then, also of somebody who was erased since."""
    cy = await _id(site_of_four, "cy")
    before = await site_of_four.head()
    await site_of_four.remove("big", "cy")
    await site_of_four.add("mid", "cy")
    after = await site_of_four.head()
    await site_of_four.done("eraseUser", {"user": {"username": "cy"}, "reason": "Left."})
    kept = {"hasMember": cy["id"]}
    for position, found in ((0, {}), (before, {"big": 3}), (after, {"mid": 3}), (after + 1, {})):
        moment = {"position": position}
        assert await _listed(site_of_four, by=AUDITOR, filter=kept, asOf=moment) == found


async def test_segments_by_the_number_of_their_members(site_of_four: GraphClient) -> None:
    """Upwards and downwards; the number is exact at once."""
    both = {"status": BOTH}
    upwards = await _listed(site_of_four, orderBy=BY_COUNT, filter=both)
    assert list(upwards.items()) == [("none", 0), ("old", 1), ("mid", 2), ("big", 3)]
    downwards = await _listed(site_of_four, orderBy={**BY_COUNT, "direction": "DESC"}, filter=both)
    assert list(downwards) == ["big", "mid", "old", "none"]
    await site_of_four.add("none", "ann", "bo", "cy")
    await site_of_four.remove("big", "ann", "bo", "cy")
    now = await _listed(site_of_four, orderBy=BY_COUNT)
    assert list(now.items()) == [("big", 0), ("mid", 2), ("none", 3)]


async def test_pages_by_the_number_of_members_follow_each_other(site_of_four: GraphClient) -> None:
    """Of equals the id decides."""
    await site_of_four.remove("mid", "bo")
    found: list[str] = []
    cursor = None
    while True:
        page = (
            await site_of_four(
                LIST, orderBy=BY_COUNT, filter={"status": BOTH}, first=1, after=cursor
            )
        )["siteUserSegments"]
        found += [node["name"] for node in page["nodes"]]
        cursor = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == ["none", "mid", "old", "big"]


async def test_the_number_of_members_is_of_the_moment(site_of_four: GraphClient) -> None:
    """On the list as of then, and in its order."""
    then = await site_of_four.head()
    await site_of_four.remove("big", "ann", "bo", "cy")
    order = {**BY_COUNT, "direction": "DESC"}
    past = await _listed(site_of_four, orderBy=order, asOf={"position": then})
    assert list(past.items()) == [("big", 3), ("mid", 2), ("none", 0)]
    now = await _listed(site_of_four, orderBy=order)
    assert now == {"mid": 2, "big": 0, "none": 0}


async def test_membership_moves_neither_version_nor_update(site_of_four: GraphClient) -> None:
    """They count the segment's own changes."""
    query = '{ userSegment(segment: {code: "big"}) { version updatedAt createdAt } }'
    segment = (await site_of_four(query))["userSegment"]
    assert segment["version"] == 1
    assert segment["updatedAt"] == segment["createdAt"]
