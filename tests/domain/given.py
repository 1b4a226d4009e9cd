"""Given events, when a command, then events: the way every rule of the domain is told here.

    given(created(A)).when(archive(A), by=TRAINER).then(archived(A, 2))
    given(created(A)).when(update(A, name="")).then_refused(INVALID, path=("name",))

The command goes through the real dispatcher and the real log; only the store behind it is the
test's (`store` in conftest.py: in memory, unless a folder of tests brings another). What a step
leaves is where the next begins: `then…` answers with the story, to go on with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.catalogue import CATALOGUE
from domain.command_result import CommandResult
from domain.dispatch import Dispatcher
from domain.kernel.clock import format_instant
from domain.kernel.commands.command import Command
from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import Channel, CommandRequest, Envelope, stamp
from domain.kernel.event import Event
from domain.kernel.principal import SYSTEM, Principal
from domain.kernel.rejections import CommandRejected, Path, RejectionCode
from domain.kernel.values import parse_command_id, parse_reason
from domain.log import EventLog, EventMapper, RecordedEvent, Recorder
from domain.snapshot import Snapshots
from tests.domain.principals import ADMIN
from tests.domain.snapshots import StoodStill
from tests.domain.tags import tags_of

NOW = datetime(2026, 3, 1, 12, 30, 0, 250, tzinfo=UTC)
REQUEST_KEY = b"the key that hashes requests in tests"
MORE_THAN_ANY_TEST_RECORDS = 10_000

_NEVER = Selector(tags=["never:recorded"])


class Given:
    """Begins stories on one store: `given(events…)` records them as history."""

    def __init__(self, store: Recorder) -> None:
        self._store = store

    def __call__(self, *events: Event) -> Story:
        return Story(self._store).and_then(*events)


class Story:
    """A site as its events have left it so far."""

    def __init__(self, store: Recorder) -> None:
        self.store = store
        self.log = EventLog(store, EventMapper(CATALOGUE))

    def and_then(self, *events: Event) -> Story:
        """The story after some more events that are simply so, whoever recorded them."""
        for event in events:
            self.log.append([Proposed(event)], HISTORY, [_NEVER], 0)
        return self

    def dispatcher(self, snapshots: Snapshots | None = None) -> Dispatcher:
        """One on a read model that is not late, unless another one is given."""
        known = snapshots or StoodStill(self.log)
        return Dispatcher(self.log, lambda: NOW, REQUEST_KEY, known)

    def when(
        self,
        command: Command | Callable[[], Command],
        *,
        by: Principal = ADMIN,
        command_id: str | None = None,
        reason: str | None = None,
        snapshots: Snapshots | None = None,
    ) -> Answer:
        """What comes of a command, or of building it: reading the input is where it may end."""
        before = self.head
        try:
            built = command if isinstance(command, Command) else command()
            asked = request(built, by, command_id, reason)
            outcome = self.dispatcher(snapshots).dispatch(built, asked)
        except CommandRejected as refused:
            return Answer(self, before, refused=refused)
        return Answer(self, before, outcome)

    def recorded(self, after: int = 0) -> list[RecordedEvent]:
        """The whole log after a position."""
        return list(self.log.follow(after, MORE_THAN_ANY_TEST_RECORDS))

    @property
    def head(self) -> int:
        """Where the log stands."""
        return self.log.read([]).head


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome or a refusal, to be compared with what was expected of it."""

    story: Story
    before: int
    outcome: CommandResult | None = None
    refused: CommandRejected | None = None

    def then(self, *recorded_events: Event) -> Story:
        """Exactly these events were recorded now, in this order, with the tags they need."""
        outcome = self._done()
        new = self.story.recorded(after=self.before)
        own_tag = f"command:{outcome.command_id}"
        assert outcome.events == recorded_events
        assert [record.event for record in new] == list(recorded_events)
        assert [set(record.tags) for record in new] == [
            {*tags_of(record), own_tag} for record in recorded_events
        ]
        assert not outcome.repeated
        assert outcome.position == new[-1].position
        return self.story

    def then_repeated(self, *recorded_events: Event, position: int) -> Story:
        """Nothing was recorded; the answer is the first one: these events, at that position."""
        outcome = self._done()
        assert self.story.recorded(after=self.before) == []
        assert (outcome.events, outcome.position, outcome.repeated) == (
            recorded_events,
            position,
            True,
        )
        return self.story

    def then_nothing(self) -> Story:
        """It was done without changing anything; the position is where the log stands."""
        outcome = self._done()
        assert self.story.recorded(after=self.before) == []
        assert (outcome.events, outcome.position, outcome.repeated) == ((), self.before, False)
        return self.story

    def then_refused(self, code: RejectionCode, *, path: Path = (), **details: Any) -> Story:
        """It was refused for this one reason, and nothing was recorded."""
        return self.then_refused_for((code, path), **details)

    def then_refused_for(self, *reasons: tuple[RejectionCode, Path], **details: Any) -> Story:
        """It was refused for all these reasons, in any order; `details` are of the first."""
        assert self.refused is not None, f"was not refused: {self.outcome}"
        rejections = self.refused.rejections
        assert sorted((r.code, r.path) for r in rejections) == sorted(reasons)
        assert {name: getattr(rejections[0], name) for name in details} == details
        assert all(rejection.message for rejection in rejections)
        assert self.story.recorded(after=self.before) == []
        return self.story

    def _done(self) -> CommandResult:
        assert self.outcome is not None, f"was refused: {self.refused}"
        return self.outcome


def request(
    command: Command,
    by: Principal = ADMIN,
    command_id: str | None = None,
    reason: str | None = None,
) -> CommandRequest:
    """What surrounds a command, with a reason where one is required and none is given."""
    if reason is None:
        reason = "No longer needed" if command.REASON_REQUIRED else ""
    return CommandRequest(
        principal=by,
        channel=Channel.API,
        correlation_id="request-1",
        command_id=None if command_id is None else parse_command_id(command_id),
        reason=parse_reason(reason),
    )


HISTORY = Envelope(
    actor=stamp(SYSTEM),
    on_behalf_of=None,
    channel=Channel.SYSTEM,
    reason=None,
    command_id="history",
    correlation_id="history",
    causation_id=None,
    recorded_at=format_instant(NOW),
    schema_version=1,
    request_hash="",
)
