"""Commands that wait for the read model hold no thread: others go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest
from psycopg import AsyncConnection

from domain.catalogue import CATALOGUE
from domain.dispatch import MOST_ATTEMPTS, Dispatcher, Outcome
from domain.kernel.command import Command
from domain.kernel.envelope import Channel, Request
from domain.kernel.principal import SYSTEM
from domain.kernel.read_model_late import ReadModelLate
from domain.kernel.values import new_command_id
from domain.log import EventLog, EventMapper
from graph.support.context import Site
from projections.engine.position import ReadModelPosition
from service import command_threads
from service.command_threads import CommandThreads
from service.database.log_recorder import LogRecorder
from service.database.room import Room
from service.settings import Settings
from service.site import open_site
from tests.domain.segments.commands import create
from tests.graph.asking import Asker
from tests.graph.undo.undoing import Undoing
from tests.graph.uploads.sending import Uploads

LONGEST = 30
REQUEST = Request(principal=SYSTEM, channel=Channel.SYSTEM, correlation_id="test")
FILE = "name,code\nNew,{code}\n"

Open = Callable[[bool], Any]


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Open:
    """A site with one thread for commands, on which somebody projects, or nobody."""
    settings = Settings(data_dir=tmp_path, command_threads=1, read_pool=2)
    return lambda project: open_site(settings, database_url, project=project)


@pytest.fixture
async def late(opened: Open) -> AsyncIterator[Site]:
    """A site with a segment, on which nobody projects any more; the last fact is not projected."""
    async with opened(True) as site:
        ask = Asker(site)
        await ask.create("Sales", code="sales")
        await ask.create_user("ann")
        await ask.add("sales", "ann")
        await ask.settle()
    async with opened(False) as site:
        await _creation(site, "Last")
        yield site


async def _creation(site: Site, name: str) -> dict[str, Any]:
    """The payload, position and all: what is read back is not there yet."""
    query = """mutation ($name: String!) {
        createUserSegment(input: {name: $name}) { commandId position errors { message } }
    }"""
    payload: dict[str, Any] = (await Asker(site)(query, name=name))["createUserSegment"]
    assert payload["errors"] == []
    return payload


def _sendings(site: Site, log: EventLog, done: str) -> list[Awaitable[dict[str, Any]]]:
    """Files and undos, dry runs among them: more than there are threads."""
    uploads, hand = Uploads(Asker(site), log), Undoing(Asker(site), "")
    return [
        uploads.send("uploadUserSegments", FILE.format(code="one")),
        uploads.send("uploadUserSegments", FILE.format(code="two"), mode="COMMIT"),
        uploads.send("uploadSegmentMembers", "segment,username\nsales,ann\n", mode="COMMIT"),
        hand.tell(done, mode="DRY_RUN"),
        hand.tell(done),
    ]


async def test_who_waits_for_the_read_model_holds_no_thread(
    late: Site, opened: Open, database_url: str
) -> None:
    """With one thread: a command that waits for nothing is done, and they are when it is there."""
    with LogRecorder(database_url, 1) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        done = await _creation(late, "To be undone")
        tasks = [asyncio.ensure_future(s) for s in _sendings(late, log, done["commandId"])]
        for name in ("Next", "After that"):
            await asyncio.wait_for(_creation(late, name), LONGEST)
        assert [task for task in tasks if task.done()] == []
        async with opened(True):
            payloads = await asyncio.wait_for(asyncio.gather(*tasks), LONGEST)
    assert [payload["errors"] for payload in payloads] == [[]] * len(tasks)


async def test_what_does_not_come_is_said(late: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """To be tried again."""
    monkeypatch.setattr(command_threads, "LONGEST_WAIT", 0.0)
    query = """mutation ($input: UndoCommandInput!) { undoCommand(input: $input) { position } }"""
    given = {"command": "any", "reason": "A mistake."}
    assert await Asker(late).codes(query, input=given) == ["READ_MODEL_BEHIND"]


class Late:
    """A dispatcher that wants the read model further each time; it notes under which id."""

    def __init__(self, times: int) -> None:
        self._times = times
        self.ids: list[str | None] = []
        self.waits: list[bool] = []

    def dispatch(self, _: Command, request: Request, *, waits: bool) -> Outcome:
        self.ids.append(request.command_id)
        self.waits.append(waits)
        if len(self.ids) <= self._times:
            raise ReadModelLate(len(self.ids))
        return Outcome(new_command_id(), 1)


class There(ReadModelPosition):
    """Wherever it is wanted."""

    async def reached_or_late(self, position: int, within: float = LONGEST) -> bool:
        return True


async def _times(late: Late) -> Outcome:
    with ThreadPoolExecutor(1) as threads:
        position = There(_nobody)
        commands = CommandThreads(cast("Dispatcher", late), threads, position, Room())
        return await commands.dispatch(create(), REQUEST)


async def _nobody() -> AsyncConnection[Any]:
    raise AssertionError("nobody listens here")


async def test_it_runs_again_under_the_same_id() -> None:
    """So that what an earlier run may have recorded is found."""
    late = Late(MOST_ATTEMPTS)
    await _times(late)
    assert len(late.ids) == MOST_ATTEMPTS + 1
    assert late.ids[0] is not None
    assert {*late.ids} == {late.ids[0]}
    assert late.waits == [True] + [False] * MOST_ATTEMPTS  # whatever came during the wait


async def test_it_comes_to_an_end() -> None:
    """Though the read model gets wherever it is wanted, each time."""
    with pytest.raises(ReadModelLate):
        await _times(Late(MOST_ATTEMPTS + 1))
