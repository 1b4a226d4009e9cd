"""Random histories of people in which commands are taken back, and files among them."""

from __future__ import annotations

import io
import random

from domain.kernel.commands.command import Command
from domain.kernel.ids import UserId, new_user_id
from domain.kernel.principal import SYSTEM
from domain.kernel.rejections import CommandRejected
from domain.log import EventLog
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.remove_users_from_segment import RemoveUsersFromSegment
from domain.memberships.user_refs import UserRefs
from domain.people.events import PEOPLE_EVENTS
from domain.people.identifiers.lookup import UserKey
from domain.people.vault import Vault
from domain.snapshot import Snapshots
from domain.undo.undo_command import UndoCommand
from domain.uploads.options import BadRows, ExistingRows, UploadOptions
from domain.uploads.upload_users import UploadUsers
from domain.uploads.uploaded_file import UploadedFile
from projections.engine.projector import Projector
from tests.domain.given import HISTORY
from tests.projections.conftest import REQUEST, START
from tests.projections.histories import CODES, NAMES, ROLES, Histories

RECENT = 12
"""Commands, of which one is taken back."""


class Lives(Histories):
    """The read model follows each step."""

    def __init__(
        self,
        log: EventLog,
        vault: Vault,
        chance: random.Random,
        snapshots: Snapshots,
        projector: Projector,
    ) -> None:
        super().__init__(log, vault, chance, snapshots)
        self._begun = log.read([]).head
        self._projector = projector

    def live(self, steps: int) -> int:
        """Commands on people, rosters and segments, undos and files; where the log stands then."""
        ways = [self._join_or_leave, self._file, self._undo, self._undo]
        for _ in range(steps):
            if self._chance.random() < 0.5:
                super().live(1)
            else:
                self._dispatch(self._chance.choice(ways)())
            self._projector.catch_up()
        return self._log.read([]).head

    def commands(self) -> list[str]:
        """The ids of those that recorded something about people, the last one first."""
        events = self._log.follow(self._begun, 10_000, 2**26).events
        about = [f.envelope.command_id for f in events if isinstance(f.event, PEOPLE_EVENTS)]
        return [one for one in dict.fromkeys(reversed(about)) if one != HISTORY.command_id]

    def undo_of(self, command: str) -> UndoCommand:
        """The command that takes one back."""
        return UndoCommand(command, SYSTEM, self._hashes, self._vault)

    def _dispatch(self, command: Command) -> None:
        try:
            self._dispatcher.dispatch(command, REQUEST, waits=False)
        except CommandRejected:
            return

    def _undo(self) -> Command:
        commands = self.commands()[:RECENT] or ["none"]
        return self.undo_of(self._chance.choice(commands))

    def _join_or_leave(self) -> Command:
        kind = self._chance.choice([AddUsersToSegment, AddUsersToSegment, RemoveUsersFromSegment])
        users = UserRefs.of(UserKey.USERNAME, [self._chance.choice(NAMES)])
        return kind(self._segment(), users, self._hashes)

    def _file(self) -> Command:
        rows = [self._row(name) for name in NAMES if self._chance.random() < 0.7]
        text = "\n".join(["username,email,firstname,lastname,code,roles,cohort1", *rows])
        options = UploadOptions.of(bad_rows=BadRows.SKIP_ROWS, existing=ExistingRows.UPDATE)
        source = UploadedFile(io.BytesIO(text.encode()), "f.csv")
        return UploadUsers(source, options, self._new_id, self._hashes, self._vault)

    def _row(self, name: str) -> str:
        code, cohort = self._chance.choice([*CODES, ""]), self._chance.choice([*CODES, ""])
        roles = " ".join(self._chance.choice(ROLES))
        return f"{name},{name}@example.org,{name},{self._chance.random()},{code},{roles},{cohort}"

    def _new_id(self) -> UserId:
        self._users.append(new_user_id(START))
        return self._users[-1]
