"""Commands in the read model: what a naive look at the whole log would find."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator

import psycopg
import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.envelope import Channel
from domain.kernel.ids import SEGMENT, USER, uuid_in
from domain.log import EventMapper, RecordedEvent
from projections.audit.query import Somebody
from projections.audit.reads import AuditReads
from projections.commands import reads as reads_module
from projections.commands.query import NO_COMMANDS, CommandQuery
from projections.commands.reads import CommandReads
from projections.commands.views import TypeCount
from projections.people.reads import UserReads
from projections.segments.reads import SegmentReads
from projections.sql.paging import PageRequest
from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder
from service.database.pools import ReadPool
from tests.domain.principals import ADMIN, TRAINER
from tests.forms import short_and_long
from tests.projections.command_log import CommandLog, Told
from tests.projections.rebuilt import differences, projector, rebuild
from tests.projections.story import Story

COMMANDS = 40
Keeps = Callable[[RecordedEvent], bool]


@pytest.fixture
def commands(pool: ReadPool) -> CommandReads:
    """Questions about commands."""
    return CommandReads(pool, AuditReads(pool, pool, EventMapper(CATALOGUE)))


@pytest.fixture
def written(
    story: Story, recorder: LogRecorder, database_url: str, chance: random.Random
) -> Iterator[CommandLog]:
    """A log of some commands, read by batches of four events: most of the larger ones are cut."""
    log = CommandLog(story, recorder, chance)
    log.live(COMMANDS)
    with projector(database_url, batch=4) as live:
        live.catch_up()
        yield log


async def pages(reads: CommandReads, query: CommandQuery, size: int = 3) -> list[int]:
    """The positions of all pages, which are the same in both directions; and their count."""
    forward: list[int] = []
    after = None
    while True:
        page = await reads.page(query, PageRequest(size, after=after))
        forward += [view.position for view in page.rows]
        if not page.has_next:
            break
        after = (forward[-1],)
    backward: list[int] = []
    before = None
    while True:
        page = await reads.page(query, PageRequest(size, before=before, backward=True))
        backward = [*(view.position for view in page.rows), *backward]
        if not page.has_previous:
            break
        before = (backward[0],)
    assert forward == backward
    assert await reads.count(query) == len(forward)
    return forward


def kept(told: list[Told], keeps: Keeps) -> list[int]:
    """The positions of the commands with an event that is kept."""
    return [command.position for command in told if any(map(keeps, command.events))]


async def test_every_command_is_a_line(written: CommandLog, commands: CommandReads) -> None:
    """With the place of its last event, and what it did by type of event."""
    found = await commands.page(CommandQuery(), PageRequest(1_000))
    told = written.told()
    assert [view.position for view in found.rows] == [one.position for one in told]
    assert [view.last_position for view in found.rows] == [one.events[-1].position for one in told]
    assert [list(view.counts) for view in found.rows] == [_counts(one) for one in told]
    assert any(len(one.events) > 4 for one in told)


def _counts(told: Told) -> list[TypeCount]:
    if len(told.events) == 1:
        return []
    by_type: defaultdict[str, list[RecordedEvent]] = defaultdict(list)
    for recorded in told.events:
        by_type[recorded.event.TOPIC].append(recorded)
    return [
        TypeCount(
            topic,
            len(events),
            sum(len(getattr(one.event, "user_ids", ())) for one in events),
            len({one.event.segment_id for one in events}),  # type: ignore[attr-defined]
        )
        for topic, events in sorted(by_type.items())
    ]


async def test_all_between_two_positions(written: CommandLog, commands: CommandReads) -> None:
    """Also where a position is that of an event in the middle of a command."""
    told = written.told()
    for after in range(0, told[-1].position, 7):
        up_to = after + 9
        expected = [one.position for one in told if after < one.position <= up_to]
        assert await pages(commands, CommandQuery(after=after, up_to=up_to)) == expected
        typed = CommandQuery(types={"segment.created", "segment.edited"}, after=after, up_to=up_to)
        assert set(await pages(commands, typed)) <= set(expected)
    assert await pages(commands, NO_COMMANDS) == []


@pytest.mark.parametrize(
    "channels",
    [None, {Channel.CLI}, {Channel.API, Channel.UPLOAD, Channel.SYSTEM}],
    ids=["any channel", "one channel", "three channels"],
)
@pytest.mark.parametrize("actor", [None, ADMIN.id, "user_nobody"])
async def test_by_actor_and_channel(
    written: CommandLog, commands: CommandReads, actor: str | None, channels: set[Channel] | None
) -> None:
    """Each alone, and both."""
    expected = kept(
        written.told(),
        lambda recorded: (
            actor in (None, recorded.envelope.actor.id)
            and (channels is None or recorded.envelope.channel in channels)
        ),
    )
    assert await pages(commands, CommandQuery(actor=actor, channels=channels)) == expected


@pytest.mark.parametrize("actor", [None, TRAINER.id])
@pytest.mark.parametrize(
    "channels", [None, {Channel.API, Channel.CLI, Channel.RULE}], ids=["any channel", "three"]
)
@pytest.mark.parametrize(
    "types",
    [{"segment.edited"}, {"segment.created", "members.added"}, {"user.erased"}],
    ids=["one type", "two types", "none there"],
)
async def test_by_type(
    written: CommandLog,
    commands: CommandReads,
    types: set[str],
    channels: set[Channel] | None,
    actor: str | None,
) -> None:
    """A command with several events of a type stands there once."""
    expected = kept(
        written.told(),
        lambda recorded: (
            recorded.event.TOPIC in types
            and actor in (None, recorded.envelope.actor.id)
            and (channels is None or recorded.envelope.channel in channels)
        ),
    )
    query = CommandQuery(types=types, actor=actor, channels=channels)
    assert await pages(commands, query) == expected


@pytest.mark.parametrize(
    "types", [None, {"members.added", "segment.edited"}], ids=["any type", "two types"]
)
async def test_by_segment(
    written: CommandLog, commands: CommandReads, segments: SegmentReads, types: set[str] | None
) -> None:
    """Those about it or its roster; with types, those with such an event about it."""
    assert written.versions
    for segment in list(written.versions)[:8]:
        uuid = uuid_in(segment, SEGMENT)
        assert uuid is not None
        number = await segments.number_of(uuid)
        expected = kept(
            written.told(),
            _about(segment, types),
        )
        assert expected or types
        assert await pages(commands, CommandQuery(segment=number, types=types)) == expected


async def test_by_user(written: CommandLog, commands: CommandReads, users: UserReads) -> None:
    """Their own events, and those that brought them into a segment or out of it."""
    assert len(written.users) == 3
    for user in written.users:
        uuid = uuid_in(user, USER)
        assert uuid is not None
        number = await users.number_of(uuid)
        assert number is not None
        found = set(await pages(commands, CommandQuery(user=Somebody(user, number))))
        moved = set(kept(written.told(), _moves(user)))
        deletions = kept(written.told(), lambda one: one.event.TOPIC == "segment.deleted")
        assert moved <= found <= moved | set(deletions)


def _about(segment: str, types: set[str] | None) -> Keeps:
    def keeps(recorded: RecordedEvent) -> bool:
        is_of_type = types is None or recorded.event.TOPIC in types
        return is_of_type and getattr(recorded.event, "segment_id", "") == segment

    return keeps


def _moves(user: str) -> Keeps:
    def keeps(recorded: RecordedEvent) -> bool:
        own = getattr(recorded.event, "user_id", None)
        return user == own or user in getattr(recorded.event, "user_ids", ())

    return keeps


@pytest.mark.parametrize(("few", "near"), [(1_000, 5_000), (1, 6), (1, 2)])
@pytest.mark.parametrize(
    "text", ["sales", "LODZ", " % ", "members.csv", "more any", "north sal", "ab", "never"]
)
async def test_by_text(
    written: CommandLog,
    commands: CommandReads,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    few: int,
    near: int,
) -> None:
    """Names of segments, files and reasons, but not descriptions; found in whichever step."""
    monkeypatch.setattr(reads_module, "FEW", few)
    monkeypatch.setattr(reads_module, "NEAR", near)
    term = {"LODZ": "łódź"}.get(text, text).strip()
    words = term.split()
    called = {
        segment
        for segment, name in written.names.items()
        if all(word in name.casefold() for word in words)
    }

    def holds(recorded: RecordedEvent) -> bool:
        note = recorded.envelope.upload
        own = [recorded.envelope.reason or "", note.file.name if note and note.file else ""]
        about = getattr(recorded.event, "segment_id", None) in called
        return about or all(word in " ".join(own).casefold() for word in words)

    assert await pages(commands, CommandQuery(text=text)) == kept(written.told(), holds)
    query = CommandQuery(text=text, actor=ADMIN.id, types={"segment.created", "segment.deleted"})
    expected = [
        command.position
        for command in written.told()
        if any(map(holds, command.events))
        and command.events[0].envelope.actor.id == ADMIN.id
        and any(one.event.TOPIC in {"segment.created", "segment.deleted"} for one in command.events)
    ]
    assert await pages(commands, query) == expected


async def test_single_ones(written: CommandLog, commands: CommandReads) -> None:
    """By their own ids, and by each of their events; an undo is known to what it undid."""
    told = {one.events[0].envelope.command_id: one for one in written.told()}
    found = await commands.by_id([*told, "nobody-s"])
    assert {name: view.position for name, view in found.items()} == {
        name: one.position for name, one in told.items()
    }
    undone_by = {one.events[0].envelope.causation_id: one.position for one in told.values()}
    assert {name: view.undone_by for name, view in found.items()} == {
        name: undone_by.get(name) for name in told
    }
    positions = {event.position: one.position for one in told.values() for event in one.events}
    by_event = await commands.of_events([*positions, 10**9])
    assert {at: view.position for at, view in by_event.items() if at in positions} == positions


@short_and_long("times", 2, 30)
def test_batches_may_be_cut_anywhere(
    story: Story, recorder: LogRecorder, database_url: str, chance: random.Random, times: int
) -> None:
    """The rows are the same, whichever events a batch ends with, and when built anew."""
    log = CommandLog(story, recorder, chance)
    for _ in range(times):
        log.live(COMMANDS)
        with projector(database_url, batch=chance.randint(1, 9)) as live:
            while (
                live.catch_up(chance.randint(0, log.told()[-1].position + 3))
                < log.told()[-1].position
            ):
                pass
        rebuild(database_url, batch=chance.randint(1, 9))
        assert differences(database_url) == []
    with psycopg.connect(service_conninfo(database_url, "read_model")) as connection:
        query = "SELECT sum(last_position - position) FROM commands"
        assert connection.execute(query).fetchone() != (0,)
