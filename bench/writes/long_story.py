"""Commands on a segment with a million own edits, beside some with ten."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

import httpx2
import psycopg

from bench.support.history import START, write
from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import database, peak, resident, serving
from bench.writes.undo import UNDO
from domain.catalogue import CATALOGUE
from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId, new_segment_id
from domain.log import EventLog, EventMapper
from domain.segments.events import SegmentCreated, SegmentEdited
from domain.segments.values import SegmentSource
from projections.engine.projector import Projector
from projections.site import SITE
from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder

EDITS = 1_000_000
FEW = 10
ROUNDS = 200
WARM = 10
"""Rounds before, of which nothing is told."""
TARGET = 1.5
"""Times what the same costs on a segment with ten."""
PREVIEWS = 10
MAX_MEMORY = 50.0
"""MiB that a worker takes up for such a preview."""

Do = Callable[[str, int], None]
Tell = Callable[[Sequence[float]], float]

ERRORS = "errors { code ... on VersionConflict { since { position } } }"
UPDATE = f"""
    mutation ($input: UpdateUserSegmentInput!) {{ updateUserSegment(input: $input) {{ {ERRORS} }} }}
"""
ADD = "mutation ($input: SegmentMembersInput!) { addUsersToSegment(input: $input) { changed } }"


def run() -> list[Measurement]:
    """Medians and 95th percentiles of 200 over HTTP, on one connection, in turns: on the long
    story, and on another short one each time. Undo previews of what was done before the edits.
    """
    long, *short = (new_segment_id(START) for _ in range(1 + WARM + ROUNDS))
    with database() as (url, data_dir):
        write(url, _stories({long: EDITS, **dict.fromkeys(short, FEW)}))
        _project(url)
        fill_directory(url, 2 * len(short))
        with serving(url, data_dir) as bench, bench.session() as client:
            time.sleep(60)  # the tree of the log grows first
            works = {
                "an update": _update,
                "a member added": _add,
                "a conflict, with what came since": _conflict,
            }
            beside = (_beside(what, partial(do, client), long, short) for what, do in works.items())
            return [*chain.from_iterable(beside), *_previews(client, bench.pid, _edit_of(url, 2))]


def _stories(edits: dict[SegmentId, int]) -> Iterator[Event]:
    for segment, count in edits.items():
        created = SegmentCreated(
            segment_id=segment,
            version=1,
            name="0",
            code=None,
            description="",
            visible=True,
            source=SegmentSource.MANUAL,
        )
        yield created
        for number in range(1, count + 1):
            name = Change(before=f"{number - 1}", after=f"{number}")
            edited = SegmentEdited(segment_id=segment, version=number + 1, name=name)
            yield edited


def _project(url: str) -> None:
    with LogRecorder(url, 2) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        Projector(
            partial(psycopg.connect, service_conninfo(url, "read_model")), log, SITE
        ).catch_up()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _beside(what: str, do: Do, long: str, short: Sequence[str]) -> Iterator[Measurement]:
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number, other in enumerate(short):
        turns = (long, other) if number % 2 else (other, long)
        for segment in turns:
            began = time.perf_counter()
            do(segment, number)
            taken[segment == long].append(1_000 * (time.perf_counter() - began))
    tell: dict[str, Tell] = {"median": statistics.median, "95th percentile": _most}
    for words, told in tell.items():
        measured, usual = told(taken[True][WARM:]), told(taken[False][WARM:])
        yield Measurement(f"{what}, {FEW} edits before, {words}", usual, "ms")
        against = f"{TARGET} times that"
        work = f"{what}, {EDITS:,} edits before, {words}"
        yield Measurement(work, measured, "ms", against, TARGET * usual, True)


def _most(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _edit_of(url: str, position: int) -> str:
    """The id of the command that recorded the event there."""
    with psycopg.connect(url) as connection:
        query = "SELECT unnest(tags) FROM log.events_tt_main WHERE id = %s"
        tags = [str(tag) for (tag,) in connection.execute(query, [position])]
    return next(tag.removeprefix("command:") for tag in tags if tag.startswith("command:"))


def _previews(client: httpx2.Client, pid: int, command: str) -> Iterator[Measurement]:
    given = {"command": command, "reason": "Bench.", "mode": "DRY_RUN"}
    before, taken = resident(pid), []
    with peak(pid) as most:
        for _ in range(PREVIEWS):
            began = time.perf_counter()
            told = _asked(client, UNDO, given)["result"]
            taken.append(1_000 * (time.perf_counter() - began))
            assert told["undone"] == 0
    what = f"undo preview of an edit, {EDITS:,} edits after"
    yield Measurement(f"{what}, median", statistics.median(taken), "ms")
    yield Measurement(f"{what}: memory", most[0] - before, "MiB", "bound", MAX_MEMORY, True)


def _update(client: httpx2.Client, segment: str, number: int) -> None:
    fields = {"segment": {"id": segment}, "name": f"Again {number}"}
    assert _asked(client, UPDATE, fields)["updateUserSegment"]["errors"] == []


def _add(client: httpx2.Client, segment: str, number: int) -> None:
    users = {"usernames": [f"user-{number + 1}"]}
    fields = {"segment": {"id": segment}, "users": users}
    assert _asked(client, ADD, fields)["addUsersToSegment"]["changed"] == 1


def _conflict(client: httpx2.Client, segment: str, number: int) -> None:
    fields = {"segment": {"id": segment}, "name": f"Late {number}", "expectedVersion": 5}
    [error] = _asked(client, UPDATE, fields)["updateUserSegment"]["errors"]
    assert error["since"]


def _asked(client: httpx2.Client, query: str, fields: dict[str, Any]) -> dict[str, Any]:
    body = {"query": query, "variables": {"input": fields}}
    answer = client.post("/graphql", json=body).json()
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    return data
