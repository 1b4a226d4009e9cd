"""asOf: every read of segments at a moment of the past, by position and by time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.kernel.clock import format_instant, parse_instant
from tests.graph.client import START, GraphClient, TickingClock
from tests.graph.principals import AUDITOR, LEARNER, NOBODY

LIST = """
    query ($asOf: AsOf, $filter: SegmentFilter, $search: String, $orderBy: SegmentOrder) {
        siteUserSegments(asOf: $asOf, filter: $filter, search: $search, orderBy: $orderBy) {
            nodes { name version status updatedAt updatedBy { displayName } }
            totalCount
        }
    }
"""
ONE = """
    query ($ref: SegmentRef!, $asOf: AsOf) {
        userSegment(segment: $ref, asOf: $asOf) { name version }
    }
"""


async def _tell_a_story(ask: GraphClient) -> dict[str, Any]:
    """Five events at positions 1 to 5; the segment that they are about."""
    segment = await ask.create("Sales", code="sales", description="Old words.")
    ref = {"segment": {"id": segment["id"]}}
    await ask.done("updateUserSegment", {**ref, "name": "Sales Team", "code": "team"})
    await ask.done("archiveUserSegment", ref)
    await ask.create("Other", code="sales")
    await ask.done("deleteUserSegment", {**ref, "reason": "Closed."})
    return segment


async def _named(ask: GraphClient, position: int, **arguments: Any) -> list[str]:
    data = await ask(LIST, AUDITOR, asOf={"position": position}, **arguments)
    page = data["siteUserSegments"]
    assert page["totalCount"] == len(page["nodes"])
    return [node["name"] for node in page["nodes"]]


async def test_who_may_not_see_the_past_is_refused(ask_late: GraphClient) -> None:
    """Learners, and people without a role: also for the present position."""
    for principal in (LEARNER, NOBODY):
        for query, more in ((LIST, {}), (ONE, {"ref": {"code": "sales"}})):
            codes = await ask_late.codes(query, principal, asOf={"position": 0}, **more)
            assert codes == ["FORBIDDEN"]


async def test_the_list_at_every_position(ask: GraphClient) -> None:
    """With the filters, the search and the order that it has now."""
    await _tell_a_story(ask)
    both = {"status": ["ACTIVE", "ARCHIVED"]}
    assert [await _named(ask, position) for position in range(6)] == [
        [],
        ["Sales"],
        ["Sales Team"],
        [],
        ["Other"],
        ["Other"],
    ]
    assert await _named(ask, 4, filter=both) == ["Other", "Sales Team"]
    assert await _named(ask, 4, filter=both, orderBy={"direction": "DESC"}) == [
        "Sales Team",
        "Other",
    ]
    assert await _named(ask, 2, search="OLD w") == ["Sales Team"]
    assert await _named(ask, 4, filter={"codes": ["SALES"]}) == ["Other"]
    assert await _named(ask, 1, filter={"codes": ["SALES"]}) == ["Sales"]


async def test_a_segment_is_shown_as_it_was(ask: GraphClient) -> None:
    """Its version, status and last change then."""
    await _tell_a_story(ask)
    data = await ask(LIST, asOf={"position": 2})
    (then,) = data["siteUserSegments"]["nodes"]
    assert (then["name"], then["version"], then["status"]) == ("Sales Team", 2, "ACTIVE")
    assert then["updatedBy"] == {"displayName": "Site Admin"}


async def test_one_segment_by_id_and_by_the_code_that_it_had(ask: GraphClient) -> None:
    """A code is the code held then."""
    segment = await _tell_a_story(ask)

    async def at(position: int, **ref: str) -> str | None:
        found = (await ask(ONE, AUDITOR, ref=ref, asOf={"position": position}))["userSegment"]
        return None if found is None else f"{found['name']} {found['version']}"

    by_id = [await at(position, id=segment["id"]) for position in range(6)]
    assert by_id == [None, "Sales 1", "Sales Team 2", "Sales Team 3", "Sales Team 3", None]
    by_code = [await at(position, code="Sales") for position in range(6)]
    assert by_code == [None, "Sales 1", None, None, "Other 1", "Other 1"]


async def test_a_time_means_the_last_position_up_to_it(ask: GraphClient) -> None:
    """To the microsecond; before the first event the site is empty, after the last it is as now."""
    segment = await _tell_a_story(ask)
    created = parse_instant(segment["createdAt"])

    async def at(moment: datetime) -> int:
        data = await ask(LIST, asOf={"time": format_instant(moment)})
        return int(data["siteUserSegments"]["totalCount"])

    moment = timedelta(microseconds=1)
    assert await at(created - moment) == 0
    assert await at(created) == await at(created + moment) == 1
    assert await at(START - timedelta(days=9999)) == 0
    assert await at(START + timedelta(days=9999)) == 1


async def test_clocks_may_step_back(ask: GraphClient, clock: TickingClock) -> None:
    """As of t is the greatest position up to which nothing was recorded after t."""
    await ask.create("First")
    between = format_instant(clock.now)
    clock.now += timedelta(hours=1)
    await ask.create("From the future")
    clock.now = START + timedelta(seconds=10)
    await ask.create("Later, by an earlier clock")
    data = await ask(LIST, asOf={"time": between})
    assert [node["name"] for node in data["siteUserSegments"]["nodes"]] == ["First"]
    data = await ask(LIST, asOf={"time": format_instant(START + timedelta(hours=2))})
    assert data["siteUserSegments"]["totalCount"] == 3


@pytest.mark.parametrize("query", [LIST, ONE], ids=["list", "one"])
async def test_a_position_outside_the_log_is_an_error(ask: GraphClient, query: str) -> None:
    """It says where the log ends."""
    await ask.create("Sales")
    more: dict[str, Any] = {"ref": {"code": "x"}} if query == ONE else {}
    error = await ask.only_error(query, asOf={"position": 2}, **more)
    assert error["extensions"] == {"code": "INVALID", "argument": "asOf"}
    assert "position 1" in error["message"]


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param({}, id="no field"),
        pytest.param({"position": 1, "time": "2026-03-01T12:00:00Z"}, id="both fields"),
        pytest.param({"position": None}, id="position null"),
        pytest.param({"time": None}, id="time null"),
        pytest.param({"position": -1}, id="position negative"),
        pytest.param({"position": 2**63}, id="position too large"),
        pytest.param({"position": 1.5}, id="position a fraction"),
        pytest.param({"position": "1"}, id="position a text"),
        pytest.param({"position": True}, id="position a boolean"),
        pytest.param({"time": "yesterday"}, id="time in words"),
        pytest.param({"time": "2026-03-01T12:00:00"}, id="time without offset"),
        pytest.param({"time": "0001-01-01T00:00:00+23:59"}, id="time before year 1"),
        pytest.param({"time": 1772366400}, id="time a number"),
    ],
)
async def test_a_moment_that_is_none_is_invalid(
    ask_late: GraphClient, moment: dict[str, Any]
) -> None:
    """Exactly one field, and an instant with its offset or a position."""
    assert await ask_late.codes(LIST, asOf=moment) == ["INVALID"]
