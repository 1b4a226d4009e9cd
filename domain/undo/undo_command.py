"""Undoes one command, by recording the opposite of each of its events.

    the command's events, last first ─► what came after them? ─► opposite events, and conflicts

Nothing is ever removed from the log. Changes that conflict with later events stay and are reported
as conflicts; the others are undone. An undo is a command like any other and can be undone.
(docs/reference/rules.md, "Undo".)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.kernel.commands.append_condition import AppendCondition
from domain.kernel.commands.planned_command import PlannedCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission
from domain.kernel.principal import Principal
from domain.kernel.rejections import CommandRejected, NotFound
from domain.kernel.values import is_command_id
from domain.log import RecordedEvent
from domain.people.events import PEOPLE_EVENTS
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.vault import Vault
from domain.policy import require
from domain.segments.events import SEGMENT_EVENTS
from domain.undo.affected_segments import AffectedSegments
from domain.undo.affected_users import AffectedUsers
from domain.undo.people import PeopleUndo
from domain.undo.plan import UndoPlan
from domain.undo.rosters import RostersUndo
from domain.undo.segments import SegmentsUndo
from domain.undo.snapshot import UndoSnapshot
from domain.undo.user_edits import UserEdits

BATCH_SIZE = 500
"""Events that are reverted at a time."""


class UndoCommand(PlannedCommand[UndoSnapshot]):
    """The command. `plan` is its result, once it is dispatched or dry-run."""

    NAME = "undoCommand"
    PERMISSION = Permission.UNDO_OWN
    REASON_REQUIRED = True

    def __init__(
        self,
        undone: str,
        principal: Principal,
        hashes: IdentifierHasher,
        vault: Vault,
    ) -> None:
        self.undone = undone
        self.plan = UndoPlan()
        self._principal = principal
        self._hashes = hashes
        self._vault = vault

    def contention_key(self) -> str:
        return f"undo {self.undone}"

    def content(self) -> dict[str, Any]:
        return {"command": self.undone}

    def make_plan(self, snapshot: UndoSnapshot) -> None:
        self.plan = UndoPlan()
        self.plan.position = snapshot.position
        positions = snapshot.positions_of(self.undone) if is_command_id(self.undone) else ()
        if not positions:
            raise CommandRejected(unknown_command())
        self._revert_all(positions, snapshot)

    def plan_condition(self) -> AppendCondition:
        return self.plan.condition()

    def decide(self) -> Sequence[Proposed]:
        return self.plan.proposed

    def _revert_all(self, positions: Sequence[int], site: UndoSnapshot) -> None:
        users = AffectedUsers(site, self.undone)
        affected = AffectedSegments(self.plan, site, self.undone)
        edits = UserEdits(self.plan, users.changes, self._hashes, self._vault)
        segments = SegmentsUndo(self.plan, site, affected)
        rosters = RostersUndo(self.plan, site, affected)
        people = PeopleUndo(self.plan, site, users, edits)
        for start in range(0, len(positions), BATCH_SIZE):
            events = site.events_at(positions[start : start + BATCH_SIZE])
            self._require(events)
            affected.load(events)
            people.load(events)
            for recorded in reversed(events):
                if isinstance(recorded.event, SEGMENT_EVENTS):
                    segments.revert(recorded)
                elif isinstance(recorded.event, PEOPLE_EVENTS):
                    people.revert(recorded)
                else:
                    rosters.revert(recorded)

    def _require(self, events: Sequence[RecordedEvent]) -> None:
        """CommandRejected FORBIDDEN when the principal may not undo these events."""
        if any(recorded.envelope.actor.id != self._principal.id for recorded in events):
            require(self._principal, Permission.UNDO_ANY)
        if any(isinstance(recorded.event, PEOPLE_EVENTS) for recorded in events):
            require(self._principal, Permission.CHANGE_USERS)


def unknown_command() -> NotFound:
    """Returns the rejection of an input whose `command` is unknown, or recorded nothing."""
    return NotFound(message="There is no such command in the log.", path=("command",))
