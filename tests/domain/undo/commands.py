"""Commands that were done, and what undoing them comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import stamp
from domain.kernel.event import Event
from domain.kernel.principal import Principal
from domain.snapshot import Snapshots
from domain.undo.undo_command import UndoCommand
from tests.domain.given import HISTORY, Answer, Story
from tests.domain.people.events import HASHES, MemoryVault
from tests.domain.principals import ADMIN
from tests.domain.undo.history import History

DONE = "done-1"
"""The id of the command that is undone."""


def did(story: Story, *events: Event, by: Principal = ADMIN, command_id: str = DONE) -> Story:
    """The story after a command by somebody that recorded all of these."""
    envelope = msgspec.structs.replace(HISTORY, actor=stamp(by), command_id=command_id)
    never = Selector(tags=["never:recorded"])
    story.log.append([Proposed(event) for event in events], envelope, [never], 0)
    return story


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of an undo, and the conflicts it told: events, each with a sentence."""

    answer: Answer
    conflicts: list[tuple[Event, str]]

    def with_conflicts(self, *expected: tuple[Event, str]) -> Answer:
        """Exactly these, in the order of the log."""
        assert self.conflicts == list(expected)
        return self.answer

    def then(self, *events: Event) -> Story:
        """These were recorded, and nothing stood in the way."""
        return self.with_conflicts().then(*events)


def undo(
    story: Story,
    undone: str = DONE,
    *,
    by: Principal = ADMIN,
    vault: MemoryVault | None = None,
    snapshots: Snapshots | None = None,
    **how: Any,
) -> Undone:
    """What comes of undoing a command on a read model that is not late, unless one is given."""
    command = UndoCommand(undone, by, HASHES, vault or MemoryVault())
    answer = story.when(command, by=by, snapshots=snapshots or History(story.log), **how)
    return Undone(answer, told_by(command))


def told_by(command: UndoCommand) -> list[tuple[Event, str]]:
    """The conflicts of an undo that has been planned."""
    return [(conflict.recorded.event, conflict.reason) for conflict in command.plan.conflicts]


def site_of(story: Story) -> list[dict[str, Any]]:
    """Segments, rosters and users that are on the site, but for versions: an undo counts on."""
    history = History(story.log)
    with history.open():
        segments = [segment for segment in history._segments.values() if not segment.deleted]
        return [
            {s.id: (s.name, s.code, s.description, s.visible, s.status) for s in segments},
            {segment: users for segment, users in history._rosters.items() if users},
            {
                user.id: (user.decrypted(MemoryVault()), user.roles, user.status)
                for user in history._there()
            },
        ]
