"""What one large thing keeps from others: eight undo previews at once, a call with 100,000
addresses, and the memory of a worker after large files.
"""

from __future__ import annotations

import asyncio
import time
from statistics import median
from typing import Any

import httpx2

from bench.support import large_segment
from bench.support.report import Measurement
from bench.support.site import Bench, database, resident, serving
from bench.writes.undo import UNDO
from bench.writes.upload import sent, until_seen

EDITED = 150
"""People whom each of the undone files edits."""
CONCURRENCY = 8
TIMES = 9
"""Of each, of which the median is told: one takes some 40 ms."""
ADDRESSES = 100_000
LOOK = 0.005
"""Seconds between two looks whether the service is alive."""
LATEST = 60.0
"""Milliseconds by which such a look may be late."""
PEOPLE = 30_000
ROWS = 60_000
UNDONE = 2_000
MAX_MEMORY = 300.0
"""MiB of a worker afterwards."""

ADD = """
    mutation ($input: SegmentMembersInput!) {
        result: addUsersToSegment(input: $input) { errors { code } }
    }
"""


def run() -> list[Measurement]:
    """All of it on one service after the other."""
    with database() as (url, data_dir), serving(url, data_dir) as bench:
        figures = [*_previews(bench), asyncio.run(_addresses(bench))]
    with database() as (url, data_dir), serving(url, data_dir) as bench:
        return [*figures, _memory(bench), *large_segment.run()]


def _people(prefix: str, count: int, last_name: str) -> str:
    rows = (f"{prefix}-{n},{prefix}-{n}@example.org,Given,{last_name}" for n in range(count))
    return "\n".join(["username,email,firstname,lastname", *rows])


def _committed(http: httpx2.Client, mutation: str, content: str) -> str:
    """The id of a command that has recorded a file, and is in the read model."""
    choices = {} if mutation == "uploadSegmentMembers" else {"existing": "UPDATE"}
    payload = sent(http, mutation, content.encode(), mode="COMMIT", **choices)
    until_seen(http, payload["position"])
    return str(payload["commandId"])


def _asked(http: httpx2.Client, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    body = http.post("/graphql", json={"query": query, "variables": variables}).json()
    result: dict[str, Any] = body["data"]["result"]
    return result


def _previews(bench: Bench) -> list[Measurement]:
    with bench.session() as http:
        for n in range(CONCURRENCY):
            _committed(http, "uploadUsers", _people(f"p{n}", EDITED, "Before"))
        commands = [
            _committed(http, "uploadUsers", _people(f"p{n}", EDITED, "After"))
            for n in range(CONCURRENCY)
        ]
    asyncio.run(_previewed(bench, commands))  # the keys of all these people are known from then on
    alone, together = (
        median(asyncio.run(_previewed(bench, asked)) for _ in range(TIMES))
        for asked in (commands[:1], commands)
    )
    work = f"{CONCURRENCY} previews at once of undoing {EDITED} edits each"
    against = f"{CONCURRENCY} x one alone"
    return [Measurement(work, together, "s", against, CONCURRENCY * alone, less_is_better=True)]


async def _previewed(bench: Bench, commands: list[str]) -> float:
    """Seconds until all are answered."""

    async def preview(http: httpx2.AsyncClient, command: str) -> None:
        given = {"command": command, "reason": "Bench.", "mode": "DRY_RUN"}
        body = {"query": UNDO, "variables": {"input": given}}
        result = (await http.post("/graphql", json=body)).json()["data"]["result"]
        if result["errors"] or result["undone"] != EDITED:
            raise RuntimeError(result)

    async with bench.client() as http:
        began = time.perf_counter()
        await asyncio.gather(*(preview(http, command) for command in commands))
        return time.perf_counter() - began


async def _addresses(bench: Bench) -> Measurement:
    """By how much looks are later while they are read than before."""
    users = {"emails": [f"nobody-{n}@school.example.org" for n in range(ADDRESSES)]}
    given = {"segment": {"code": "none"}, "users": users}
    async with bench.client() as http, bench.client() as looking:
        before = await _latest(looking, asyncio.create_task(asyncio.sleep(1)))
        sending = http.post("/graphql", json={"query": ADD, "variables": {"input": given}})
        call = asyncio.create_task(sending)
        during = await _latest(looking, call)
        result = call.result().json()["data"]["result"]
    work = f"a call with {ADDRESSES:,} addresses ({result['errors'][0]['code']}): /health/live"
    late = (during - before) * 1000
    return Measurement(f"{work} is later", late, "ms", "bound", LATEST, less_is_better=True)


async def _latest(http: httpx2.AsyncClient, other: asyncio.Task[Any]) -> float:
    """Seconds that the slowest look took while something else was done."""
    slowest = 0.0
    while not other.done():
        began = time.perf_counter()
        await http.get("/health/live")
        slowest = max(slowest, time.perf_counter() - began)
        await asyncio.sleep(LOOK)
    return slowest


def _memory(bench: Bench) -> Measurement:
    with bench.session() as http:
        segments = "\n".join(["name,code", "A,a", "B,b"])
        _committed(http, "uploadUserSegments", segments)
        _committed(http, "uploadUsers", _people("user", PEOPLE, "Before"))
        rows = (f"{code},user-{n}" for code in "ab" for n in range(PEOPLE))
        _committed(http, "uploadSegmentMembers", "\n".join(["segment,username", *rows]))
        edited = _committed(http, "uploadUsers", _people("user", UNDONE, "After"))
        given = {"command": edited, "reason": "Bench.", "mode": "COMMIT"}
        payload = _asked(http, UNDO, {"input": given})
        until_seen(http, payload["position"])
    work = (
        f"a worker after {PEOPLE:,} people, {ROWS:,} rows of members, and undoing {UNDONE:,} edits"
    )
    return Measurement(work, resident(bench.pid), "MiB", "bound", MAX_MEMORY, less_is_better=True)
