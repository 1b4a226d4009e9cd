"""Building the read model anew, beside the one that is read: many facts, and large ones."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import timedelta

from bench.history import START, Tagged, creations, life, write
from bench.report import Figure
from bench.site import database
from domain.kernel.ids import new_user_id
from domain.memberships.events import MOST_IN_A_FACT, MembersAdded, roster_tag
from domain.people.events import UserCreated
from domain.people.tags import user_tag
from domain.segments.events import SegmentCreated
from domain.segments.values import SegmentSource
from projections.engine.names import READ_MODEL
from projections.rebuild.beside import build
from projections.rebuild.comparison import compare
from projections.rebuild.switch import switch
from service.database.rebuilding import place_to_build
from service.settings import Settings

EVENTS = 500_000
TARGET = 100_000.0

PEOPLE = 20_000
MEMBERSHIPS = 1_000_000
MEMBERSHIPS_TARGET = 15.0


def run() -> list[Figure]:
    """Half a million segment facts, a quarter of them creations; a million memberships of 20,000
    people. Filled, compared row by row, and switched to.
    """
    seconds, others = _rebuilt(life(EVENTS, random.Random(1)))
    rosters, more = _rebuilt(_rosters(random.Random(2)))
    large = ("target", MEMBERSHIPS_TARGET, True)
    return [
        Figure("segment facts, indexes included", EVENTS / seconds, "events/s", "target", TARGET),
        Figure("  the whole log", seconds, "s"),
        *others,
        Figure("a million memberships, indexes included", rosters, "s", *large),
        *more,
    ]


def _rebuilt(facts: Iterator[Tagged]) -> tuple[float, list[Figure]]:
    """Seconds to build, and what came after."""
    with database() as (url, _):
        written = write(url, facts)
        with place_to_build(Settings(), url) as place:
            if place.position(READ_MODEL) != written:
                raise RuntimeError("the read model is not there")
            began = time.perf_counter()
            build(place)
            built = time.perf_counter()
            _, compared = compare(place)
            ended = time.perf_counter()
            switch(place)
            switched = time.perf_counter()
    if any(one.differing for one in compared):
        raise RuntimeError("they differ")
    rows = sum(one.rows for one in compared)
    return built - began, [
        Figure("  compared row by row", rows / (ended - built), "rows/s"),
        Figure("  switched", (switched - ended) * 1000, "ms"),
    ]


def _rosters(chance: random.Random) -> Iterator[Tagged]:
    """People whose keys are destroyed, as that is quick to make; segments; who is in which."""
    users = [new_user_id(START + timedelta(seconds=number)) for number in range(PEOPLE)]
    for user in users:
        yield _creation(user), [user_tag(user)]
    segments = MEMBERSHIPS // MOST_IN_A_FACT
    for fact, tags in creations(segments, chance):
        yield fact, tags
        if isinstance(fact, SegmentCreated):
            members = tuple(chance.sample(users, MOST_IN_A_FACT))
            segment = fact.segment_id
            added = MembersAdded(segment_id=segment, user_ids=members, source=SegmentSource.MANUAL)
            yield added, [roster_tag(segment)]


def _creation(user: str) -> UserCreated:
    return UserCreated(
        user_id=user,
        version=1,
        sealed="",
        username_hash=user,
        email_hash=user,
        code_hash=None,
        roles=(),
    )
