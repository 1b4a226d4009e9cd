"""siteActivity: how much happened on each of the last days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.kernel.principal import Principal
from tests.graph.access.access_queries import outcomes
from tests.graph.client import GraphClient, TickingClock
from tests.graph.principals import ADMIN, AUDITOR, all_but, name_of

ACTIVITY = """
    query ($days: Int! = 30, $at: LogPosition) {
        siteActivity(days: $days, minPosition: $at) { day commands events }
    }
"""


async def activity(
    ask: GraphClient, by: Principal = AUDITOR, **arguments: Any
) -> list[dict[str, Any]]:
    """Day by day, with all that is recorded by now."""
    data = await ask(ACTIVITY, by, at=await ask.head(), **arguments)
    days: list[dict[str, Any]] = data["siteActivity"]
    return days


def day(name: str, commands: int = 0, events: int = 0) -> dict[str, Any]:
    """One day, as it is told."""
    return {"day": name, "commands": commands, "events": events}


@pytest.mark.parametrize("by", all_but(ADMIN, AUDITOR), ids=name_of)
async def test_it_is_for_admins_and_auditors(ask: GraphClient, by: Principal) -> None:
    """It is a reading of the log: it is noted, and so is a refusal."""
    assert await ask.codes(ACTIVITY, by) == ["FORBIDDEN"]
    for reader in (ADMIN, AUDITOR):
        await activity(ask, reader)
    assert await outcomes(ask) == [
        (by.id, "siteActivity", "FORBIDDEN"),
        (ADMIN.id, "siteActivity", "ALLOWED"),
        (AUDITOR.id, "siteActivity", "ALLOWED"),
    ]


async def test_an_empty_site_has_quiet_days(ask: GraphClient) -> None:
    """As many as were asked for, thirty unless told, oldest first, today last."""
    days = await activity(ask)
    assert (days[0], days[-1], len(days)) == (day("2026-01-31"), day("2026-03-01"), 30)
    assert all(one["events"] == one["commands"] == 0 for one in days)
    assert await activity(ask, days=1) == [day("2026-03-01")]
    assert len(await activity(ask, days=366)) == 366


async def test_a_command_counts_once_however_much_it_records(ask: GraphClient) -> None:
    """Erasing somebody ends each of their memberships: three events, one command."""
    await ask.create("Sales", code="sales")
    await ask.create("Support", code="support")
    await ask.create_user("ann")
    await ask.add("sales", "ann")
    await ask.add("support", "ann")
    await ask.done("eraseUser", {"user": {"username": "ann"}, "reason": "Left."})
    head = await ask.head()
    assert await activity(ask, days=1) == [day("2026-03-01", commands=6, events=8)]
    assert head == 8


async def test_what_changes_nothing_does_not_count(ask: GraphClient) -> None:
    """Nor does what was refused."""
    await ask.create("Sales", code="sales")
    ref = {"segment": {"code": "sales"}}
    await ask.done("updateUserSegment", {**ref, "name": "Sales"})
    await ask.command("createUserSegment", {"name": ""})
    assert await activity(ask, days=1) == [day("2026-03-01", commands=1, events=1)]


async def test_days_are_those_of_utc(ask: GraphClient, clock: TickingClock) -> None:
    """A second before midnight is another day than a second after; quiet days stand between."""
    clock.now = datetime(2026, 3, 1, 23, 59, 58, tzinfo=UTC)
    await ask.create("First")
    await ask.create("Second")
    clock.now += timedelta(days=2)
    await ask.create("Third")
    days = {one["day"]: one["events"] for one in await activity(ask, days=5)}
    assert sum(days.values()) == 3
    assert [*days] == ["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"]
    assert days["2026-03-03"] == 0
    assert days["2026-03-04"] == 1


async def test_a_clock_that_stepped_back_counts_where_it_stood(
    ask: GraphClient, clock: TickingClock
) -> None:
    """By the time that was recorded, whatever the order."""
    clock.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    await ask.create("Later")
    clock.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    await ask.create("Earlier")
    clock.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    await ask.create("Later again")
    assert await activity(ask, days=2) == [
        day("2026-03-01", commands=1, events=1),
        day("2026-03-02", commands=2, events=2),
    ]


@pytest.mark.parametrize("days", [0, -1, 367, 2**31 - 1])
async def test_so_many_days_there_are_not(ask_late: GraphClient, days: int) -> None:
    """One to 366; the error names the argument."""
    error = await ask_late.only_error(ACTIVITY, AUDITOR, days=days)
    assert error["extensions"] == {"code": "INVALID", "argument": "days"}


async def test_a_read_model_that_is_behind_is_waited_for(ask_late: GraphClient) -> None:
    """And said to be so."""
    await ask_late.command("createUserSegment", {"name": "Sales"})
    assert await ask_late.codes(ACTIVITY, AUDITOR, at=1) == ["READ_MODEL_BEHIND"]
