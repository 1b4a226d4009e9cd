"""Appending many events at once: the library's way, ours, and COPY alone; how long others wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

import psycopg
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.dcb.postgres_tt import PostgresDCBRecorderTT
from psycopg import Connection

from bench.support.report import Measurement
from bench.support.site import database
from service.database.connections import service_conninfo
from service.database.log_store.copy_encoding import PackedEvents, positions_from
from service.database.log_store.recorder import LogRecorder

MANY = 10_000
VERY_MANY = 100_000
TRIES = 3
ROSTERS = 100
IDS = 5_000

OTHERS_WAIT = "  of which others wait"

POSITIONS = "SELECT string_agg(int8send(id), '' ORDER BY id) FROM events_tt_main WHERE id > %s"
HEAD = "SELECT coalesce(max(id), 0) FROM events_tt_main"


class Watched(LogRecorder):
    """Notes when it had the lock."""

    locked_at = 0.0

    def _append_locked(self, connection: Connection[Any], *rest: Any) -> int | None:
        self.locked_at = time.perf_counter()
        return super()._append_locked(connection, *rest)


def run() -> list[Measurement]:
    """10,000 and 100,000 events with 3 tags, guarded by one item or one for each; large events."""
    with database() as (url, _), Watched(url, 1) as log:
        return [
            *_many(log, "10,000 events with 3 tags", items=1),
            Measurement("  floor: rows ready, COPY alone", _best(lambda: _bare(url, MANY)), "s"),
            *_many(log, "10,000 events, as many items", items=MANY),
            *_ours(log, "10,000 events, as many items, from position 0", MANY, MANY, since=None),
            *_ours(log, "100,000 events, as many items", VERY_MANY, VERY_MANY, tries=1),
            *_ours(log, "100,000 more, 20,000 events since", VERY_MANY, VERY_MANY, 20_000, 1),
            Measurement("  floor: rows ready, COPY alone", _bare(url, VERY_MANY), "s"),
            *_rosters(log),
            *(figure for number in (16, 64, 256) for figure in _few(log, number)),
        ]


def _many(log: Watched, what: str, items: int) -> list[Measurement]:
    library = _best(lambda: _timed(log, _events(MANY), items, PostgresDCBRecorderTT.append))
    ours, *rest = _ours(log, what, MANY, items)
    against = Measurement(ours.work, ours.measured, "s", "library", library, less_is_better=True)
    return [Measurement(f"library: {what}", library, "s"), against, *rest]


def _ours(
    log: Watched, what: str, number: int, items: int, since: int | None = 10, tries: int = TRIES
) -> list[Measurement]:
    seconds, held = min(_held(log, _events(number), items, since) for _ in range(tries))
    return [Measurement(f"ours: {what}", seconds, "s"), Measurement(OTHERS_WAIT, held, "s")]


def _rosters(log: Watched) -> list[Measurement]:
    ids = ",".join(f'"user_{uuid4().hex}"' for _ in range(IDS)).encode()
    tags = [[f"roster:{uuid4().hex}", f"command:{uuid4().hex}"] for _ in range(ROSTERS)]
    events = [DCBEvent("members.added", ids, of) for of in tags]
    seconds, held = _best(lambda: _held(log, events, 0))
    what = f"ours: {ROSTERS} events of {IDS:,} ids each"
    return [Measurement(what, seconds, "s"), Measurement(OTHERS_WAIT, held, "s")]


def _events(number: int) -> list[DCBEvent]:
    command = f"command:{uuid4().hex}"
    return [
        DCBEvent("user.created", b"x" * 600, [f"user:{uuid4().hex}", f"code:{uuid4()}", command])
        for _ in range(number)
    ]


def _condition(
    log: LogRecorder, events: list[DCBEvent], items: int, since: int | None
) -> DCBAppendCondition:
    """Each item is a tag that the events take; `since` events, or all, are to be looked at."""
    tags = [event.tags[1] for event in events[:items]] or ["roster:none"]
    after = 0 if since is None else max(log.head() - since, 0)
    return DCBAppendCondition(DCBQuery([DCBQueryItem(tags=[tag]) for tag in tags]), after)


def _timed(
    log: LogRecorder,
    events: list[DCBEvent],
    items: int,
    append: Callable[[LogRecorder, list[DCBEvent], DCBAppendCondition], int],
    since: int | None = 10,
) -> float:
    condition = _condition(log, events, items, since)
    began = time.perf_counter()
    append(log, events, condition)
    return time.perf_counter() - began


def _held(
    log: Watched, events: list[DCBEvent], items: int, since: int | None = 10
) -> tuple[float, float]:
    """Seconds until it is done, and of these from the lock to the end of the commit."""
    seconds = _timed(log, events, items, LogRecorder.append_many, since)
    return seconds, time.perf_counter() - log.locked_at


def _few(log: LogRecorder, number: int) -> tuple[Measurement, Measurement]:
    """The median of either way: where the one becomes the faster one."""
    library, ours = [], []
    for _ in range(41):
        library.append(_timed(log, _events(number), 1, PostgresDCBRecorderTT.append))
        ours.append(_timed(log, _events(number), 1, LogRecorder.append_many))
    medians = [1000 * sorted(times)[20] for times in (library, ours)]
    return (
        Measurement(f"library: {number} events, median", medians[0], "ms"),
        Measurement("ours: the same", medians[1], "ms", "library", medians[0], less_is_better=True),
    )


def _bare(url: str, number: int) -> float:
    """Two COPYs, positions between them, and a commit: no lock, no condition."""
    packed = PackedEvents(_events(number), "utf-8")
    with psycopg.connect(service_conninfo(url, "log")) as connection:
        [(head,)] = connection.execute(HEAD)
        began = time.perf_counter()
        _copy(connection, "events_tt_main (type, data, tags)", packed.main_rows())
        [(joined,)] = connection.execute(POSITIONS, [head])
        _copy(connection, "events_tt_tag", packed.tag_rows(positions_from(joined)))
        connection.commit()
        return time.perf_counter() - began


def _copy(connection: Connection[Any], table: str, rows: Iterable[bytes]) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT binary)".encode()) as copy:
        for piece in rows:
            copy.write(piece)


def _best(measure: Callable[[], Any]) -> Any:
    return min(measure() for _ in range(TRIES))
