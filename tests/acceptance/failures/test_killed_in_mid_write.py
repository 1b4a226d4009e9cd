"""A service that is killed loses nothing that it acknowledged, and doubles nothing."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import psycopg

from tests.acceptance.service import Service, ask, client
from tests.forms import short_and_long
from tests.projections.rebuilt import differences, rebuild

WRITERS = 8
SPARES = 3

COMMANDS = {
    "createUserSegment": """
        mutation ($input: CreateUserSegmentInput!) {
            result: createUserSegment(input: $input) { position errors { code } }
        }
    """,
    "updateUserSegment": """
        mutation ($input: UpdateUserSegmentInput!) {
            result: updateUserSegment(input: $input) { position errors { code } }
        }
    """,
}


@dataclass
class Ledger:
    """What the writers know: which commands were answered where, and which were not answered."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    unanswered: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    goal: int = 0

    def expect(self, more: int) -> asyncio.Event:
        """Set once that many more commands are acknowledged."""
        self.goal = len(self.acknowledged) + more
        self.enough = asyncio.Event()
        return self.enough

    def acknowledge(self, command: str, position: int) -> None:
        """The answer to one command."""
        self.acknowledged[command] = position
        if len(self.acknowledged) >= self.goal:
            self.enough.set()


@short_and_long("kills", 3, 50)
async def test_kills_during_writes_lose_and_double_nothing(
    database_url: str, data_dir: Path, admin: str, chance: random.Random, kills: int
) -> None:
    """kill -9 of the writing (and projecting) process; the next one goes on where it stood."""
    ledger = Ledger()
    with rotation(database_url, data_dir) as services:
        for _ in range(kills):
            service = services[0].wait_until_ready()
            await _write_until_killed(service, admin, ledger, chance)
            services.popleft().stop()
            services.append(Service(database_url, data_dir))
            await _repeat_unanswered(services[0].wait_until_ready(), admin, ledger)
        async with client(services[0].url, admin) as http:
            await _caught_up(http)
    assert len(ledger.acknowledged) > kills * WRITERS
    assert _recorded(database_url) == {c: [p] for c, p in ledger.acknowledged.items()}
    rebuild(database_url)
    assert differences(database_url) == []


@contextmanager
def rotation(database_url: str, data_dir: Path) -> Iterator[deque[Service]]:
    """Services that stand by, so that the test need not wait for each start."""
    services = deque(Service(database_url, data_dir) for _ in range(SPARES))
    try:
        yield services
    finally:
        for service in services:
            service.stop()


async def _write_until_killed(
    service: Service, admin: str, ledger: Ledger, chance: random.Random
) -> None:
    async with client(service.url, admin) as http:
        enough = ledger.expect(WRITERS + chance.randrange(WRITERS * 3))
        writers = [asyncio.create_task(_write(http, ledger, number)) for number in range(WRITERS)]
        await asyncio.wait_for(enough.wait(), 30)
        await asyncio.to_thread(service.kill)
        await asyncio.gather(*writers)


async def _write(http: httpx2.AsyncClient, ledger: Ledger, number: int) -> None:
    """Creates and renames until nobody answers any more."""
    while True:
        name = "createUserSegment"
        content: dict[str, Any] = {"name": f"Writer {number}", "commandId": uuid4().hex}
        if number % 2:
            name = "updateUserSegment"
            content |= {"segment": {"code": "shared"}, "name": uuid4().hex}
        if number == 1 and not ledger.acknowledged:
            name = "createUserSegment"
            content = {"name": "Shared", "code": "shared", "commandId": uuid4().hex}
        try:
            await _send(http, ledger, name, content)
        except httpx2.TransportError:
            ledger.unanswered.append((name, content))
            return


async def _send(
    http: httpx2.AsyncClient, ledger: Ledger, name: str, content: dict[str, Any]
) -> None:
    result = (await ask(http, COMMANDS[name], input=content))["result"]
    if not result["errors"]:
        ledger.acknowledge(content["commandId"], result["position"])


async def _repeat_unanswered(service: Service, admin: str, ledger: Ledger) -> None:
    """Each of them twice: both answers are the same."""
    assert len(ledger.unanswered) == WRITERS
    async with client(service.url, admin) as http:
        for name, content in ledger.unanswered:
            await _send(http, ledger, name, content)
            first = ledger.acknowledged.get(content["commandId"])
            await _send(http, ledger, name, content)
            assert ledger.acknowledged.get(content["commandId"]) == first
    ledger.unanswered.clear()


async def _caught_up(http: httpx2.AsyncClient) -> None:
    head = (await ask(http, "{ logStatus { head } }"))["logStatus"]["head"]
    query = (
        "query ($p: LogPosition!) { siteUserSegments(first: 1, minPosition: $p) { totalCount } }"
    )
    await ask(http, query, p=head)


def _recorded(database_url: str) -> dict[str, list[int]]:
    """The positions of each command's events."""
    found: dict[str, list[int]] = {}
    with psycopg.connect(database_url) as connection:
        query = "SELECT tag, main_id FROM log.events_tt_tag WHERE tag LIKE 'command:%' ORDER BY 2"
        for tag, position in connection.execute(query):
            found.setdefault(tag.removeprefix("command:"), []).append(position)
    return found
