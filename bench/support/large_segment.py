"""A segment of a million: what is asked about it, and how late others' news are while it changes.

Others' news: somebody renames another segment every 50 ms, and asks for it as of then or later. It
waits for the transaction that the projector is in, and for all that was recorded before it; so both
are told: the longest transaction, and the latest news. A look every 5 ms is as near as that comes.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx2
import psycopg

from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import Bench, database, serving
from bench.writes.members import fill_roster
from bench.writes.undo import UNDO
from bench.writes.upload import sent, until_seen
from projections.engine.projector import LOCK_QUERY
from projections.engine.schema import READ_MODEL

MEMBERS = 1_000_000
OTHERS = 100_000
"""People who are not in it."""
TAKEN_OUT = 100_000
ROWS = 60_000
ROUNDS = 20
FIRST_PAGE = 50.0
COUNT = 300.0
"""Milliseconds."""
PAUSE = 0.05
LOOK = 0.005
"""Seconds between two looks at the projector."""
LATEST = ("bound", 1.0, True)
"""Seconds for which no transaction of the projector keeps others' news."""
_TRANSACTION = """
    SELECT extract(epoch FROM clock_timestamp() - xact_start)
    FROM pg_stat_activity WHERE pid = ({projector}) AND xact_start IS NOT NULL
"""

LARGE = 'query { result: userSegment(segment: {code: "large"}) { id } }'
RENAME = """
    mutation ($input: UpdateUserSegmentInput!) {
        result: updateUserSegment(input: $input) { position errors { code } }
    }
"""
REMOVE = """
    mutation ($input: SegmentMembersInput!) {
        result: removeUsersFromSegment(input: $input) { commandId position errors { code } }
    }
"""
DELETE = """
    mutation ($input: DeleteUserSegmentInput!) {
        result: deleteUserSegment(input: $input) { commandId position errors { code } }
    }
"""
JOINED = """
    query ($from: LogPosition!, $to: LogPosition!) {
        result: compareSegment(
            segment: {code: "large"}, from: {position: $from}, to: {position: $to}
        ) { joined(first: 50) { WHAT } }
    }
"""
USERS = "query ($segment: ID!) { result: users(filter: {WHERE: $segment}, first: 50) { WHAT } }"
PAGE = "edges { node { id username firstName lastName } }"


def run() -> list[Measurement]:
    """Over HTTP, on a segment of 1,000,000 in a directory of 1,100,000."""
    with database() as (url, data_dir):
        fill_directory(url, MEMBERS + OTHERS)
        with serving(url, data_dir) as bench, bench.session() as http:
            before = _made(http, "large", "other")
            fill_roster(bench, "large", MEMBERS)
            return [*_questions(http, before, _made(http, "a")), *_changes(url, bench)]


def _made(http: httpx2.Client, *codes: str) -> int:
    """The position at which there are segments with these codes: the read model is there."""
    rows = "\n".join(["name,code", *(f"{code},{code}" for code in codes)])
    position = int(sent(http, "uploadUserSegments", rows.encode(), mode="COMMIT")["position"])
    until_seen(http, position)
    return position


def _questions(http: httpx2.Client, before: int, after: int) -> Iterator[Measurement]:
    joined = f"compareSegment, {MEMBERS:,} joined"
    page, count = (JOINED.replace("WHAT", what) for what in (PAGE, "totalCount"))
    then = {"from": before, "to": after}
    for words, query, bound in (("page", page, FIRST_PAGE), ("count", count, COUNT)):
        median, slowest = _times(http, query, then)
        yield Measurement(f"{joined}: {words}", median, "ms", "bound", bound, True)
        yield Measurement(f"{joined}: {words}, slowest of {ROUNDS}", slowest, "ms")
    segment = _asked(http, LARGE, {})["id"]
    for where in ("inSegment", "notInSegment"):
        for what in (PAGE, "totalCount"):
            query = USERS.replace("WHERE", where).replace("WHAT", what)
            median, _ = _times(http, query, {"segment": segment})
            yield Measurement(
                f"users, {where}: {'count' if what != PAGE else 'page'}", median, "ms"
            )


def _times(http: httpx2.Client, query: str, variables: dict[str, Any]) -> tuple[float, float]:
    """The median and the most, in milliseconds."""
    times = []
    for number in range(ROUNDS):
        named = query.replace("query", f"query Q{number}", 1)  # not the cached answer
        began = time.perf_counter()
        _asked(http, named, variables)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times), max(times)


def _changes(url: str, bench: Bench) -> Iterator[Measurement]:
    deleted: list[str] = []
    works: dict[str, Callable[[httpx2.Client], int]] = {
        f"{TAKEN_OUT:,} are taken out in one call": _taken_out,
        f"a file of {ROWS:,} memberships is recorded": _recorded,
        f"{MEMBERS:,} go with their segment": lambda http: _deleted(http, deleted),
        "it comes back, with its members": lambda http: _reinstated(http, deleted[0]),
    }
    for what, change in works.items():
        yield from _late(url, bench, what, change)


def _taken_out(http: httpx2.Client) -> int:
    users = {"usernames": [f"user-{n}" for n in range(1, TAKEN_OUT + 1)]}
    return _position(http, REMOVE, {"segment": {"code": "large"}, "users": users})


def _recorded(http: httpx2.Client) -> int:
    rows = (f"a,user-{n}" for n in range(1, ROWS + 1))
    content = "\n".join(["segment,username", *rows]).encode()
    return int(sent(http, "uploadSegmentMembers", content, mode="COMMIT")["position"])


def _deleted(http: httpx2.Client, told: list[str]) -> int:
    given = {"segment": {"code": "large"}, "reason": "Bench."}
    done = _asked(http, DELETE, {"input": given})
    told.append(done["commandId"])
    return int(done["position"])


def _reinstated(http: httpx2.Client, command: str) -> int:
    return _position(http, UNDO, {"command": command, "reason": "Bench.", "mode": "COMMIT"})


def _position(http: httpx2.Client, mutation: str, given: dict[str, Any]) -> int:
    return int(_asked(http, mutation, {"input": given})["position"])


def _late(
    url: str, bench: Bench, what: str, change: Callable[[httpx2.Client], int]
) -> Iterator[Measurement]:
    """Until the change itself is seen, and a bit longer."""
    follow, watch = partial(_follow, bench), partial(_watch, url)
    with bench.session() as http, _beside(follow) as waits, _beside(watch) as ages:
        until_seen(http, change(http))
        time.sleep(0.5)
    yield Measurement(f"the projector's longest transaction while {what}", max(ages), "s", *LATEST)
    yield Measurement(f"  others' news meanwhile, latest of {len(waits)}", max(waits), "s")


@contextmanager
def _beside(look: Callable[[threading.Event, list[float]], None]) -> Iterator[list[float]]:
    """The seconds that a thread of its own notes while the block runs."""
    seconds: list[float] = []
    over = threading.Event()
    looker = threading.Thread(target=look, args=(over, seconds))
    looker.start()
    try:
        yield seconds
    finally:
        over.set()
        looker.join()


def _follow(bench: Bench, over: threading.Event, waits: list[float]) -> None:
    """From each answer that something was done until a read has seen it."""
    with bench.session() as http:
        while not over.wait(PAUSE):
            named = {"segment": {"code": "other"}, "name": f"Other {len(waits)}"}
            position = _position(http, RENAME, named)
            began = time.perf_counter()
            until_seen(http, position)
            waits.append(time.perf_counter() - began)


def _watch(url: str, over: threading.Event, ages: list[float]) -> None:
    """How old each transaction of the projector was when it was last looked at."""
    with psycopg.connect(url, autocommit=True) as connection:
        query = _TRANSACTION.format(projector=LOCK_QUERY)
        while not over.wait(LOOK):
            ages += [float(age) for (age,) in connection.execute(query, [READ_MODEL])]


def _asked(http: httpx2.Client, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    body = http.post("/graphql", json={"query": query, "variables": variables}).json()
    if "errors" in body or body["data"]["result"].get("errors"):
        raise RuntimeError(body)
    result: dict[str, Any] = body["data"]["result"]
    return result
