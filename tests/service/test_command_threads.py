"""Commands that wait for the read model hold no thread: others go on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import Any, cast

import pytest
from eventsourcing.dcb.domain import Selector
from psycopg import AsyncConnection

from domain.catalogue import CATALOGUE
from domain.command_result import CommandResult
from domain.dispatch import Dispatcher
from domain.kernel.commands.append_condition import AppendCondition
from domain.kernel.commands.command import Command
from domain.kernel.commands.planned_command import PlannedCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.event import Event
from domain.kernel.permission import Permission
from domain.kernel.principal import SYSTEM
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.values import new_command_id
from domain.learner import MAX_ATTEMPTS
from domain.log import EventLog, EventMapper
from domain.segments.tags import segment_tag
from domain.snapshot import Snapshot
from graph.support.scheduling.fair_thread_pool import FairThreadPool
from graph.support.site import Site
from projections.engine.position import ReadModelPosition
from service import command_threads
from service.command_threads import MAX_CONCURRENT_PLANS, CommandThreads
from service.database.disk_space import DiskSpace
from service.database.log_store.recorder import LogRecorder
from service.settings import Settings
from service.site import open_site
from tests.domain.faulty_store import FaultyStore, Happening
from tests.domain.given import Story
from tests.domain.memory_recorder import MemoryRecorder
from tests.domain.segments.commands import create
from tests.domain.segments.events import A, B, C, created, edited
from tests.domain.snapshots import StoodStill
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, TRAINER
from tests.graph.undo.undo_client import UndoClient
from tests.graph.uploads.upload_client import UploadClient
from tests.until import until

TIMEOUT_S = 30
REQUEST = CommandRequest(principal=SYSTEM, channel=Channel.SYSTEM, correlation_id="test")
FILE = "name,code\nNew,{code}\n"

Open = Callable[[bool], Any]


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Open:
    """A site with one thread for commands, on which somebody projects, or nobody."""
    settings = Settings(data_dir=tmp_path, command_threads=1, read_pool=2)
    return lambda project: open_site(settings, database_url, project=project)


@pytest.fixture
async def late(opened: Open) -> AsyncIterator[Site]:
    """A site with a segment, on which nobody projects any more; the last event is not projected."""
    async with opened(True) as site:
        ask = GraphClient(site)
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
    payload: dict[str, Any] = (await GraphClient(site)(query, name=name))["createUserSegment"]
    assert payload["errors"] == []
    return payload


def _sendings(site: Site, log: EventLog, done: str) -> list[Awaitable[dict[str, Any]]]:
    """Files and undos, dry runs among them: more than there are threads."""
    uploads, hand = UploadClient(GraphClient(site), log), UndoClient(GraphClient(site), "")
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
            await asyncio.wait_for(_creation(late, name), TIMEOUT_S)
        assert [task for task in tasks if task.done()] == []
        async with opened(True):
            payloads = await asyncio.wait_for(asyncio.gather(*tasks), TIMEOUT_S)
    assert [payload["errors"] for payload in payloads] == [[]] * len(tasks)


async def test_one_principals_commands_leave_a_thread_to_others(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many they give, and however long those take."""
    dispatch, begun, end = Dispatcher.dispatch, threading.Event(), threading.Event()

    def slow(
        dispatcher: Dispatcher, command: Command, request: CommandRequest, **given: Any
    ) -> CommandResult:
        if request.principal == ADMIN:
            begun.set()
            assert end.wait(TIMEOUT_S)
        return dispatch(dispatcher, command, request, **given)

    monkeypatch.setattr(Dispatcher, "dispatch", slow)
    settings = Settings(data_dir=tmp_path, command_threads=2, read_pool=2)
    async with open_site(settings, database_url) as site:
        ask = GraphClient(site)
        theirs = [asyncio.create_task(ask.create(f"Theirs {number}")) for number in range(4)]
        assert await asyncio.to_thread(begun.wait, TIMEOUT_S)
        await asyncio.wait_for(ask.create("Mine", by=TRAINER), TIMEOUT_S)
        assert [task for task in theirs if task.done()] == []
        end.set()
        await asyncio.gather(*theirs)


async def test_what_does_not_come_is_said(late: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """To be tried again."""
    monkeypatch.setattr(command_threads, "WAIT_TIMEOUT_S", 0.0)
    query = """mutation ($input: UndoCommandInput!) { undoCommand(input: $input) { position } }"""
    given = {"command": "any", "reason": "A mistake."}
    assert await GraphClient(late).codes(query, input=given) == ["READ_MODEL_BEHIND"]


class Late:
    """A dispatcher that wants the read model further each time; it notes under which id."""

    def __init__(self, times: int) -> None:
        self._times = times
        self.ids: list[str | None] = []
        self.waits: list[bool] = []
        self.at_least: list[int] = []

    def dispatch(
        self, _: Command, request: CommandRequest, *, waits: bool, at_least: int
    ) -> CommandResult:
        self.ids.append(request.command_id)
        self.waits.append(waits)
        self.at_least.append(at_least)
        if len(self.ids) <= self._times:
            raise ReadModelBehind(len(self.ids), 0)
        return CommandResult(new_command_id(), 1)


class Waited(ReadModelPosition):
    """Wherever it is wanted, or never there, as far as is known; no time passes meanwhile."""

    def __init__(self, *, is_there: bool = True) -> None:
        super().__init__(_nobody)
        self._is_there = is_there

    async def wait_or_timeout(self, position: int, within: float = TIMEOUT_S) -> bool:
        self.value = position
        return self._is_there


async def _times(late: Late, *, is_there: bool = True) -> CommandResult:
    return await _dispatched(cast("Dispatcher", late), create(), Waited(is_there=is_there))


async def _dispatched(dispatcher: Dispatcher, command: Command, position: Waited) -> CommandResult:
    with FairThreadPool(1, "command") as threads:
        commands = CommandThreads(dispatcher, threads, position, DiskSpace())
        return await commands.dispatch(command, REQUEST)


async def _nobody() -> AsyncConnection[Any]:
    raise AssertionError("nobody listens here")


async def test_it_runs_again_under_the_same_id() -> None:
    """So that what an earlier run may have recorded is found."""
    late = Late(MAX_ATTEMPTS)
    await _times(late)
    assert len(late.ids) == MAX_ATTEMPTS + 1
    assert late.ids[0] is not None
    assert {*late.ids} == {late.ids[0]}
    assert late.waits == [True] + [False] * MAX_ATTEMPTS  # whatever came during the wait
    assert late.at_least == [*range(MAX_ATTEMPTS + 1)]


async def test_it_comes_to_an_end() -> None:
    """Though the read model gets wherever it is wanted, each time."""
    with pytest.raises(ReadModelBehind):
        await _times(Late(MAX_ATTEMPTS + 1))


async def test_it_is_waited_for_as_long_as_is_said() -> None:
    """However often others move the log on meanwhile, and it is looked whether it is there."""
    late = Late(2 * MAX_ATTEMPTS)
    await _times(late, is_there=False)
    assert late.waits == [True] * (2 * MAX_ATTEMPTS + 1)


class Planned(PlannedCommand[Snapshot]):
    """Decided on a read model that moves only when it is waited for."""

    NAME = "planned"
    PERMISSION = Permission.UNDO_OWN

    def content(self) -> dict[str, Any]:
        return {}

    def contention_key(self) -> str:
        return "planned"

    def make_plan(self, snapshot: Snapshot) -> None:
        """There is nothing to find out."""

    def plan_condition(self) -> AppendCondition:
        return AppendCondition([Selector(tags=[segment_tag(A)])])

    def decide(self) -> Sequence[Proposed]:
        return []


class Moved(StoodStill):
    """Snapshots of the log where a read model is, and at which positions they were asked for."""

    def __init__(self, log: EventLog, model: Waited) -> None:
        super().__init__(log, 0)
        self._model = model
        self.at_least: list[int] = []

    @contextmanager
    def open(self, at_least: int = 0) -> Iterator[Snapshot]:
        self.at_least.append(at_least)
        self.position = self._model.value
        with super().open(at_least) as snapshot:
            yield snapshot


@pytest.mark.parametrize(
    ("meanwhile", "asked"),
    [(edited(B, 2, name=("x", "y")), [1, 1]), (edited(A, 2, name=("x", "y")), [1, 1, 3, 3])],
    ids=["other things", "what it is about"],
)
async def test_a_plan_is_waited_for_once_and_again_when_it_is_past(
    meanwhile: Event, asked: list[int]
) -> None:
    """Whatever others record before each of its looks at the log: it does not wait for that."""
    store, model = MemoryRecorder(), Waited()
    others, troubled = Story(store).and_then(created(A)), FaultyStore(store)
    other = partial(others.and_then, edited(C, 2, name=("x", "y")))
    first: list[Happening] = [_nothing, other, partial(others.and_then, meanwhile)]
    troubled.plan("read", chain(first, repeat(other)))
    moved = Moved(others.log, model)
    await _dispatched(Story(troubled).dispatcher(moved), Planned(), model)
    assert moved.at_least == asked


def _nothing() -> None:
    pass


class Busy:
    """A dispatcher that is kept by each command until the end, and for whom."""

    def __init__(self) -> None:
        self.on: list[str] = []
        self.ends = threading.Event()

    def dispatch(self, _: Command, request: CommandRequest, **given: Any) -> CommandResult:
        self.on.append(request.principal.id)
        assert self.ends.wait(TIMEOUT_S)
        return CommandResult(new_command_id(), 1)


async def test_of_one_principals_plans_two_are_in_threads() -> None:
    """Others' go on beside them, and other commands of theirs; the rest follows."""
    busy, position = Busy(), Waited()
    mine, theirs = replace(REQUEST, principal=ADMIN), replace(REQUEST, principal=TRAINER)
    asked = [*[(Planned(), mine)] * 4, (Planned(), theirs), (create(), mine)]
    with FairThreadPool(8, "command") as threads:
        commands = CommandThreads(cast("Dispatcher", busy), threads, position, DiskSpace())
        sent = [asyncio.create_task(commands.dispatch(*one)) for one in asked]
        try:
            expected = [ADMIN.id] * (MAX_CONCURRENT_PLANS + 1) + [TRAINER.id]
            assert await until(lambda: sorted(busy.on) == sorted(expected)), busy.on
        finally:
            busy.ends.set()
        await asyncio.gather(*sent)
    assert len(busy.on) == len(asked)
