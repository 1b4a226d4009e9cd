"""compareSegment: one segment at two moments."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal
from tests.graph.audit.log_fixture import record
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, TRAINER, all_but, name_of

COMPARE = """
    query (
        $ref: SegmentRef!, $from: AsOf!, $to: AsOf!, $at: LogPosition,
        $first: Int, $after: String
    ) {
        compareSegment(segment: $ref, from: $from, to: $to, minPosition: $at) {
            before { name memberCount } after { name memberCount }
            changes { field before after }
            joined(first: $first, after: $after) { ...Page }
            left(first: $first, after: $after) { ...Page }
        }
    }
    fragment Page on UserConnection {
        nodes { username displayName }
        pageInfo { hasNextPage endCursor }
        totalCount
    }
"""


async def compare(
    ask: GraphClient,
    ref: dict[str, str],
    start: int,
    end: int,
    by: Principal = AUDITOR,
    **more: Any,
) -> dict[str, Any]:
    """What differs between two positions; null is not expected."""
    moments = {"from": {"position": start}, "to": {"position": end}}
    data = await ask(COMPARE, by, ref=ref, **moments, **more)
    found: dict[str, Any] = data["compareSegment"]
    return found


def who(page: dict[str, Any]) -> list[str]:
    """Whom a page that holds all of them names."""
    assert page["totalCount"] == len(page["nodes"])
    return [node["username"] for node in page["nodes"]]


@pytest.mark.parametrize("by", all_but(ADMIN, TRAINER, AUDITOR), ids=name_of)
async def test_the_past_is_not_for_everybody(ask: GraphClient, by: Principal) -> None:
    """Learners, and whoever has no role, are told so."""
    ids = await record(ask)
    moments = {"from": {"position": 1}, "to": {"position": 11}}
    assert await ask.codes(COMPARE, by, ref={"id": ids.sales}, **moments) == ["FORBIDDEN"]


@pytest.mark.parametrize("by", [ADMIN, TRAINER, AUDITOR], ids=name_of)
async def test_fields_and_members_are_compared(ask: GraphClient, by: Principal) -> None:
    """Each changed field with both values; who came and who went, net of what cancels out."""
    ids = await record(ask)
    found = await compare(ask, {"id": ids.sales}, 5, 11, by)
    assert (found["before"]["memberCount"], found["after"]["memberCount"]) == (2, 1)
    assert found["changes"] == [
        {"field": "name", "before": "Sales", "after": "Sales Team"},
        {"field": "status", "before": "ACTIVE", "after": "ARCHIVED"},
    ]
    assert (who(found["joined"]), who(found["left"])) == ([], ["bob"])


async def test_it_is_read_backwards_when_to_is_the_earlier(ask: GraphClient) -> None:
    """What joined has left then, and what was before is after."""
    ids = await record(ask)
    there = await compare(ask, {"id": ids.sales}, 5, 11)
    back = await compare(ask, {"id": ids.sales}, 11, 5)
    assert (back["before"], back["after"]) == (there["after"], there["before"])
    assert (back["joined"], back["left"]) == (there["left"], there["joined"])
    assert [(c["field"], c["after"], c["before"]) for c in back["changes"]] == [
        (c["field"], c["before"], c["after"]) for c in there["changes"]
    ]


async def test_who_went_and_came_back_is_no_difference(ask: GraphClient) -> None:
    """Only who is in at one of the two moments and not at the other."""
    ids = await record(ask)
    await ask.done("restoreUserSegment", {"segment": {"code": "sales"}})
    await ask.add("sales", "bob")
    end = await ask.head()
    found = await compare(ask, {"id": ids.sales}, 5, end)
    assert (who(found["joined"]), who(found["left"])) == ([], [])
    assert who((await compare(ask, {"id": ids.sales}, 7, end))["joined"]) == ["bob"]


async def test_a_code_is_the_one_held_at_the_second_moment(ask: GraphClient) -> None:
    """The first moment shows the same segment, whatever its code was."""
    old = await ask.create("Old", code="taken")
    await ask.done("updateUserSegment", {"segment": {"code": "taken"}, "code": "freed"})
    new = await ask.create("New", code="taken")
    assert (await compare(ask, {"code": "taken"}, 1, 2)) is None
    assert (await compare(ask, {"code": "taken"}, 1, 3))["after"]["name"] == "New"
    found = await compare(ask, {"code": "freed"}, 1, 2)
    assert (found["before"]["name"], found["after"]["name"]) == ("Old", "Old")
    assert found["changes"] == [{"field": "code", "before": "taken", "after": "freed"}]
    assert old["id"] != new["id"]


async def test_a_moment_at_which_it_was_not_there_is_null(ask: GraphClient) -> None:
    """Everybody has joined, or left; there are no changes of fields. At neither: no answer."""
    ids = await record(ask)
    made = await compare(ask, {"id": ids.support}, 1, 6)
    assert (made["before"], made["changes"], who(made["joined"])) == (None, [], ["ann"])
    gone = await compare(ask, {"id": ids.support}, 6, 11)
    assert (gone["after"], gone["changes"], who(gone["left"])) == (None, [], ["ann"])
    assert await compare(ask, {"id": ids.support}, 1, 11) is None
    assert await compare(ask, {"id": ids.support}, 0, 1) is None


async def test_long_differences_are_paged_by_name(ask: GraphClient) -> None:
    """As members are: forwards, with the total beside; no one twice."""
    await ask.create("Sales", code="sales")
    await ask.create_users("dora", "ann", "carl", "bob", "eve")
    start = await ask.head()
    await ask.add("sales", "dora", "ann", "carl", "bob", "eve")
    end = await ask.head()
    names: list[str] = []
    after: str | None = None
    for more in (True, True, False):
        found = await compare(ask, {"code": "sales"}, start, end, first=2, after=after)
        page = found["joined"]
        names += [node["username"] for node in page["nodes"]]
        assert (page["pageInfo"]["hasNextPage"], page["totalCount"]) == (more, 5)
        after = page["pageInfo"]["endCursor"]
    assert names == ["ann", "bob", "carl", "dora", "eve"]


async def test_erased_people_are_still_counted(ask: GraphClient) -> None:
    """They were in, and are out; nobody says any more who they are."""
    ids = await record(ask)
    erased = {"user": {"username": "ann"}, "reason": "Asked for it."}
    await ask.done("eraseUser", erased)
    found = await compare(ask, {"id": ids.sales}, 5, await ask.head())
    assert [node["displayName"] for node in found["left"]["nodes"]] == ["Erased user", "Bob Berg"]


@pytest.mark.parametrize("name", ["from", "to"])
async def test_both_moments_are_checked(ask: GraphClient, name: str) -> None:
    """Neither none, nor two ways of saying it; the error names the argument."""
    ids = await record(ask)
    for bad in ({}, {"position": 3, "time": "2026-03-01T12:00:00Z"}):
        moments = {"from": {"position": 1}, "to": {"position": 2}, name: bad}
        error = await ask.only_error(COMPARE, AUDITOR, ref={"id": ids.sales}, **moments)
        assert error["message"]
    beyond = {"from": {"position": 1}, "to": {"position": 2}, name: {"position": 99}}
    error = await ask.only_error(COMPARE, AUDITOR, ref={"id": ids.sales}, **beyond)
    assert error["extensions"] == {"code": "INVALID", "argument": name}
