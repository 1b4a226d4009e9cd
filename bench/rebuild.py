"""Building the read model anew, beside the one that is read: many events, and large ones."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Iterator
from datetime import timedelta

from bench.support.history import START, creations, life, write
from bench.support.report import Measurement
from bench.support.site import database
from domain.kernel.event import Event
from domain.kernel.ids import new_user_id
from domain.log import EventLog
from domain.memberships.events import MAX_USERS_PER_EVENT, MembersAdded
from domain.people.events import UserCreated
from domain.segments.values import SegmentSource
from projections.engine.names import READ_MODEL
from projections.rebuild.build import build
from projections.rebuild.comparison import compare
from projections.rebuild.context import BATCH, BATCH_BYTES
from projections.rebuild.switch import switch
from service.database.rebuilding import context_to_build
from service.settings import Settings

EVENTS = 500_000
TARGET = 100_000.0

PEOPLE = 20_000
MEMBERSHIPS = 1_000_000
MEMBERSHIPS_TARGET = 15.0


def run() -> list[Measurement]:
    """Half a million segment events, a quarter of them creations; a million memberships of 20,000
    people. Filled, compared row by row, and switched to; beside what it takes to read and decode
    the same events and do nothing with them.
    """
    floor, seconds, others = _rebuilt(life(EVENTS, random.Random(1)))
    _, rosters, more = _rebuilt(_rosters(random.Random(2)))
    rate, large = EVENTS / seconds, ("target", MEMBERSHIPS_TARGET, True)
    return [
        Measurement("segment facts, indexes included", rate, "events/s", "target", TARGET),
        Measurement("  the same", rate, "events/s", "read and decode alone", EVENTS / floor),
        Measurement("  the whole log", seconds, "s"),
        *others,
        Measurement("a million memberships, indexes included", rosters, "s", *large),
        *more,
    ]


def _rebuilt(events: Iterator[Event]) -> tuple[float, float, list[Measurement]]:
    """Seconds to read and decode alone, seconds to build, and what came after."""
    with database() as (url, _):
        written = write(url, events)
        with context_to_build(Settings(), url) as place:
            if place.position(READ_MODEL) != written:
                raise RuntimeError("the read model is not there")
            floor = _read(place.log)
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
    return (
        floor,
        built - began,
        [
            Measurement("  compared row by row", rows / (ended - built), "rows/s"),
            Measurement("  switched", (switched - ended) * 1000, "ms"),
        ],
    )


def _read(log: EventLog) -> float:
    began, after = time.perf_counter(), 0
    gc.disable()  # as a build does
    while events := log.follow(after, BATCH, BATCH_BYTES).events:
        after = events[-1].position
    gc.enable()
    return time.perf_counter() - began


def _rosters(chance: random.Random) -> Iterator[Event]:
    """People whose keys are destroyed, as that is quick to make; segments; who is in which."""
    users = [new_user_id(START + timedelta(seconds=number)) for number in range(PEOPLE)]
    for user in users:
        yield _creation(user)
    segments = MEMBERSHIPS // MAX_USERS_PER_EVENT
    for created in creations(segments, chance):
        yield created
        members = tuple(chance.sample(users, MAX_USERS_PER_EVENT))
        segment = created.segment_id
        yield MembersAdded(segment_id=segment, user_ids=members, source=SegmentSource.MANUAL)


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
