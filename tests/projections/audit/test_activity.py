"""How much was recorded on which day, whatever batches it came in."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from domain.segments.events import SegmentArchived
from projections.audit.activity import Activity
from service.database.pools import ReadPool
from tests.projections.conftest import START, Ticking
from tests.projections.rebuilt import differences, projector, rebuild
from tests.projections.story import Story


async def test_batches_make_no_difference(
    database_url: str, story: Story, clock: Ticking, pool: ReadPool
) -> None:
    """Commands of many events, cut anywhere; days that come and go, as clocks may step back."""
    chance = random.Random(7)
    commands: Counter[date] = Counter()
    events: Counter[date] = Counter()
    for _ in range(60):
        clock.now = START + timedelta(days=chance.randrange(5))
        segment = story.segment("Sales")
        commands[clock.now.date()] += 1
        events[clock.now.date()] += 1
        many = chance.randrange(1, 6)
        story.tell(*(SegmentArchived(segment_id=segment, version=n + 2) for n in range(many)))
        commands[clock.now.date()] += 1
        events[clock.now.date()] += many
    with projector(database_url, batch=3) as live:
        live.catch_up()
    found = await Activity(pool).between(START.date(), START.date() + timedelta(days=9))
    assert found == {day: (commands[day], events[day]) for day in events}
    rebuild(database_url)
    assert differences(database_url) == []


async def test_days_outside_are_not_told(database_url: str, story: Story, pool: ReadPool) -> None:
    """Both ends belong to what is asked for."""
    story.segment("Sales")
    with projector(database_url) as live:
        live.catch_up()
    today, day = START.date(), timedelta(days=1)
    activity = Activity(pool)
    assert await activity.between(today, today) == {today: (1, 1)}
    assert await activity.between(today - day, today - day) == {}
    assert await activity.between(today + day, today + day) == {}
