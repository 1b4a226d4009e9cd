"""Commands as chance has them, and a projector that is behind by as much as chance has it."""

from __future__ import annotations

import io
import random
from collections import Counter

from domain.boundary_reader import BoundaryReader
from domain.catalogue import CATALOGUE
from domain.command_result import CommandResult
from domain.dispatch import Dispatcher
from domain.kernel.commands.command import Command
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.ids import SegmentId, UserId, new_segment_id, new_user_id
from domain.kernel.principal import SYSTEM
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.rejections import CommandRejected
from domain.kernel.values import Reason, new_command_id
from domain.log import EventLog, EventMapper
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.erase_user import EraseUser
from domain.memberships.remove_users_from_segment import RemoveUsersFromSegment
from domain.memberships.user_refs import UserRefs
from domain.people.create_user import CreateUser, NewUser
from domain.people.events import UserCreated
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.update_user import UpdateUser, UserChanges
from domain.people.user_command import UserRef
from domain.people.vault import Vault
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.delete_segment import DeleteSegment
from domain.segments.events import SegmentCreated
from domain.segments.segment_command import SegmentRef
from domain.undo.undo_command import UndoCommand
from domain.uploads.options import BadRows, UploadOptions
from domain.uploads.upload_members import UploadMembers
from domain.uploads.uploaded_file import UploadedFile
from projections.engine.projector import Projector
from projections.engine.snapshot import Pool
from projections.snapshot.site import SiteSnapshots
from tests.projections.conftest import START, Ticking

REASON = Reason("As chance has it.")
HASHES = IdentifierHasher(b"key")
NAMES = ("ann", "bo", "cy", "di", "ed")
FEW = 3
"""Events beyond which a command begins at a snapshot."""


class Chances:
    """Carries commands out, and counts those that recorded something, by their names."""

    def __init__(
        self, log: EventLog, primes: Pool, vault: Vault, projector: Projector, seed: int
    ) -> None:
        self.recorded: Counter[str] = Counter()
        self._log = log
        self._vault = vault
        self._projector = projector
        self._chance = random.Random(seed)
        snapshots = SiteSnapshots(primes, EventMapper(CATALOGUE))
        self._dispatcher = Dispatcher(log, Ticking(), b"key", snapshots)
        self._dispatcher._reader = BoundaryReader(log, snapshots, FEW)
        self._segments = [new_segment_id(START)]
        self._users = [new_user_id(START)]
        self._done = ["none"]

    def live(self, steps: int) -> None:
        """So many commands; now and then the read model comes closer."""
        ways = [self._add] * 9 + [self._remove] * 4 + [self._take_back] * 4 + [self._arrive] * 3
        ways += [self._found, self._found, self._delete, self._erase, self._rename, self._file]
        for _ in range(steps):
            if self._chance.random() < 0.3:
                self._come_closer(0)
            self._dispatch(self._chance.choice(ways)())

    def _dispatch(self, command: Command, at_least: int = 0) -> None:
        request = CommandRequest(
            principal=SYSTEM,
            channel=Channel.SYSTEM,
            correlation_id="test",
            command_id=new_command_id(),
            reason=REASON,
        )
        waits = at_least == 0
        try:
            outcome = self._dispatcher.dispatch(command, request, waits=waits, at_least=at_least)
        except CommandRejected:
            return
        except ReadModelBehind as late:
            self._come_closer(late.wanted)
            self._dispatch(command, late.wanted)
        else:
            if outcome.events:
                self._take_note(command, outcome)

    def _take_note(self, command: Command, outcome: CommandResult) -> None:
        self.recorded[command.NAME] += 1
        self._done.append(outcome.command_id)
        for event in outcome.events:
            if isinstance(event, SegmentCreated):
                self._segments.append(SegmentId(event.segment_id))
            elif isinstance(event, UserCreated):
                self._users.append(UserId(event.user_id))

    def _come_closer(self, at_least: int) -> None:
        self._projector.catch_up(self._chance.randint(at_least, self._log.read([]).head))

    def _found(self) -> Command:
        code = self._chance.choice(["a", "b", None, None])
        return CreateSegment(new_segment_id(START), NewSegment.of({"name": "New", "code": code}))

    def _arrive(self) -> Command:
        name = self._chance.choice(NAMES)
        draft = NewUser.of(name, f"{name}@example.org", name, "Smith", None, ())
        return CreateUser(new_user_id(START), draft, HASHES, self._vault)

    def _add(self) -> Command:
        return AddUsersToSegment(self._ref(), self._those(), HASHES)

    def _remove(self) -> Command:
        return RemoveUsersFromSegment(self._ref(), self._those(), HASHES)

    def _delete(self) -> Command:
        return DeleteSegment(self._ref())

    def _erase(self) -> Command:
        return EraseUser(self._user())

    def _rename(self) -> Command:
        edit = UserChanges.of({"username": self._chance.choice(NAMES)})
        return UpdateUser(self._user(), edit, HASHES, self._vault)

    def _file(self) -> Command:
        rows = [f"{self._segment()},{self._chance.choice(NAMES)}\n" for _ in range(4)]
        text = f"segment,username\n{''.join(rows)}".encode()
        options = UploadOptions.of(bad_rows=BadRows.SKIP_ROWS)
        return UploadMembers(UploadedFile(io.BytesIO(text), "f.csv"), options, HASHES)

    def _take_back(self) -> Command:
        done = self._chance.choice(self._done[-6:])
        return UndoCommand(done, SYSTEM, HASHES, self._vault)

    def _those(self) -> UserRefs:
        if self._chance.random() < 0.6:
            return UserRefs.of(UserKey.USERNAME, [self._chance.choice(NAMES)])
        return UserRefs.of(UserKey.ID, self._chance.sample(self._users[-3:], 1))

    def _user(self) -> UserRef:
        return UserRef.of(UserKey.USERNAME, self._chance.choice(NAMES), HASHES)

    def _ref(self) -> SegmentRef:
        return SegmentRef(id=self._segment())

    def _segment(self) -> SegmentId:
        return self._chance.choice(self._segments[-3:])
