"""Commands beside which others change other things all the time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from statistics import mean
from typing import Any

import httpx2

from bench.support.commands import each_command
from bench.support.others import move, others
from bench.support.report import Measurement
from bench.support.site import Bench, database, serving
from bench.writes.upload import sent, until_seen

PEOPLE = 15_000
SEGMENTS = 4
ERASED = 20
MOVES = 24
CLIENTS = 6
EDITS_A_SECOND = 5.0
CHANGES_A_SECOND = 110.0
MOVERS = 16
"""Clients who make them: as many as it takes though each waits for its answers."""
NEW_PEOPLE = 30_000
AT_MOST = 3.0
"""Times as long as without the others."""

EDIT = "mutation ($input: UpdateUserInput!) { result: updateUser(input: $input) { position } }"
ERASE = """
    mutation ($input: EraseUserInput!) {
        result: eraseUser(input: $input) { position errors { message } }
    }
"""

Change = Callable[[httpx2.AsyncClient, int], Awaitable[object]]


def run() -> list[Measurement]:
    """Files, erasures and roster changes while others edit, move and upload other people."""
    with database() as (url, data_dir), serving(url, data_dir) as bench:
        with bench.session() as http:
            sent(http, "uploadUserSegments", _segments(), mode="COMMIT")
            done = sent(http, "uploadUsers", _people("user", PEOPLE + 100), mode="COMMIT")
            until_seen(http, done["position"])
        return list(asyncio.run(_figures(bench)))


async def _figures(bench: Bench) -> list[Measurement]:
    figures = [*await _file(bench), *await _erasures(bench), *await each_command(bench, MOVERS)]
    return [*figures, *await _late(bench)]


async def _file(bench: Bench) -> list[Measurement]:
    """Twice the same people into other segments, in which nobody is before."""
    idle = await asyncio.to_thread(_committed, bench, 0)
    async with _beside(bench, _edit, EDITS_A_SECOND) as rate:
        busy = await asyncio.to_thread(_committed, bench, 1)
    what = f"{PEOPLE * SEGMENTS:,} memberships by file, dry run and commit"
    beside = f"  with {rate():.1f} edits of another a second"
    bound = AT_MOST * idle
    return [Measurement(what, idle, "s"), Measurement(beside, busy, "s", "bound", bound, True)]


async def _erasures(bench: Bench) -> list[Measurement]:
    idle = await _each(bench, _erase, range(1, ERASED + 1))
    async with others(bench.url, bench.token, MOVERS, CHANGES_A_SECOND) as moving:
        numbers = range(ERASED + 1, 2 * ERASED + 1)
        busy = await _each(bench, _erase, numbers, may_be_refused=True)
    beside = f"  of {ERASED} with {moving.rate:.0f} roster changes of others a second, done"
    bound = AT_MOST * mean(idle)
    return [
        Measurement(f"{ERASED} erasures, each", mean(idle), "s"),
        Measurement("  the changes of others", moving.rate, "/s", "wanted", CHANGES_A_SECOND),
        Measurement(beside, len(busy), "", "all", ERASED),
        Measurement("  each of them", mean(busy), "s", "bound", bound, True),
        Measurement("  the slowest of them", max(busy), "s"),
    ]


async def _late(bench: Bench) -> list[Measurement]:
    """While the read model has a file of people before it."""
    idle = await _each(bench, _move, range(MOVES))
    upload = asyncio.create_task(asyncio.to_thread(_new_people, bench))
    busy: list[float] = []
    while not upload.done():
        number = MOVES + len(busy)
        busy += await _each(bench, _move, range(number, number + CLIENTS))
    return [
        Measurement(f"a roster change, slowest of {MOVES}", max(idle), "s"),
        Measurement(f"  while {NEW_PEOPLE:,} people come, slowest of {len(busy)}", max(busy), "s"),
        Measurement("  in the mean", mean(busy), "s"),
        Measurement("  the file itself, until it is seen", await upload, "s"),
    ]


def _committed(bench: Bench, number: int) -> float:
    rows = (f"s{number}-{s},user-{n}" for s in range(SEGMENTS) for n in range(PEOPLE))
    content = "\n".join(["segment,username", *rows, ""]).encode()
    with bench.session() as http:
        began = time.perf_counter()
        dry = sent(http, "uploadSegmentMembers", content)
        sent(http, "uploadSegmentMembers", content, mode="COMMIT", planHash=dry["planHash"])
        return time.perf_counter() - began


def _new_people(bench: Bench) -> float:
    with bench.session() as http:
        began = time.perf_counter()
        done = sent(http, "uploadUsers", _people("new", NEW_PEOPLE), mode="COMMIT")
        until_seen(http, done["position"])
        return time.perf_counter() - began


async def _each(
    bench: Bench, change: Change, numbers: Sequence[int], *, may_be_refused: bool = False
) -> list[float]:
    """Seconds that each took that was done, one after the other. RuntimeError when one was not,
    and had to be.
    """
    seconds: list[float] = []
    async with bench.client() as http:
        for number in numbers:
            began = time.perf_counter()
            with suppress(RuntimeError) if may_be_refused else nullcontext():
                await change(http, number)
                seconds.append(time.perf_counter() - began)
    return seconds


@asynccontextmanager
async def _beside(
    bench: Bench, change: Change, a_second: float
) -> AsyncIterator[Callable[[], float]]:
    """Makes changes beside the block, as often as asked for; how often it was is what it yields."""
    ended, made, began = asyncio.Event(), 0, time.perf_counter()

    async def make(place: int, clients: int) -> None:
        nonlocal made
        number = place
        async with bench.client() as http:
            while not ended.is_set():
                due = began + number / a_second
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                await change(http, number)
                number, made = number + clients, made + 1

    clients = 1 if a_second < CLIENTS else CLIENTS
    tasks = [asyncio.create_task(make(place, clients)) for place in range(clients)]
    try:
        yield lambda: made / (time.perf_counter() - began)
    finally:
        ended.set()
        await asyncio.gather(*tasks)


async def _edit(http: httpx2.AsyncClient, number: int) -> None:
    who = {"username": f"user-{PEOPLE + 1}"}
    await _done(http, EDIT, {"user": who, "lastName": f"Number {number}"})


async def _move(http: httpx2.AsyncClient, number: int) -> None:
    place, turn = number % CLIENTS, number // CLIENTS
    _unrefused((await http.post("/graphql", json=move(MOVERS + place, turn))).json())


async def _erase(http: httpx2.AsyncClient, number: int) -> None:
    who = {"username": f"user-{number}"}
    await _done(http, ERASE, {"user": who, "reason": "Bench."})


async def _done(http: httpx2.AsyncClient, query: str, given: dict[str, Any]) -> None:
    body = {"query": query, "variables": {"input": given}}
    _unrefused((await http.post("/graphql", json=body)).json())


def _unrefused(answer: dict[str, Any]) -> None:
    if "errors" in answer or answer["data"]["result"].get("errors"):
        raise RuntimeError(answer)


def _segments() -> bytes:
    names = [f"s{number}-{s}" for number in range(2) for s in range(SEGMENTS)]
    names += [f"m-{place}" for place in range(MOVERS + CLIENTS)]
    return "\n".join(["name,idnumber", *(f"Segment {name},{name}" for name in names), ""]).encode()


def _people(prefix: str, number: int) -> bytes:
    rows = (f"{prefix}-{n},{prefix}-{n}@example.org,Given,Number {n}" for n in range(number))
    return "\n".join(["username,email,firstname,lastname", *rows, ""]).encode()
