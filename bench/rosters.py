"""Building rosters from the log: a million memberships in events of 5,000."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg

from bench.support.history import write
from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import database
from domain.catalogue import CATALOGUE
from domain.kernel.event import Event
from domain.kernel.ids import new_segment_id
from domain.log import EventLog, EventMapper
from domain.memberships.events import MembersAdded, batched_users
from domain.segments.events import SegmentCreated
from domain.segments.values import SegmentSource
from projections.engine.projector import Projector
from projections.site import SITE
from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder

USERS = 100_000
SEGMENTS = 10
TARGET = 15.0


def run() -> list[Measurement]:
    """Ten segments of 100,000 members each, folded from the log, indexes included."""
    with database() as (url, _):
        fill_directory(url, USERS)
        write(url, _rosters(_user_ids(url)))
        seconds = _projected(url)
    return [
        Measurement(
            "a million memberships, folded and indexed", seconds, "s", "target", TARGET, True
        )
    ]


def _user_ids(url: str) -> list[str]:
    query = "SELECT 'user_' || replace(id::text, '-', '') FROM read_model.users ORDER BY number"
    with psycopg.connect(url) as connection:
        return [user for (user,) in connection.execute(query)]


def _rosters(users: list[str]) -> Iterator[Event]:
    for number in range(SEGMENTS):
        segment = new_segment_id(datetime.now(UTC))
        yield SegmentCreated(
            segment_id=segment,
            version=1,
            name=f"Segment {number}",
            code=None,
            description="",
            visible=True,
            source=SegmentSource.MANUAL,
        )
        for part in batched_users(users):
            yield MembersAdded(segment_id=segment, user_ids=part, source=SegmentSource.UPLOAD)


def _projected(url: str) -> float:
    session = service_conninfo(url, "pg_catalog")
    with LogRecorder(url, 2) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        projector = Projector(lambda: psycopg.connect(session), log, SITE)
        began = time.perf_counter()
        projector.catch_up()
        return time.perf_counter() - began
