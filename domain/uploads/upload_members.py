"""Uploads a file of memberships: each row adds one user to one segment or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from domain.kernel.commands.append_condition import FilteredSelector
from domain.kernel.event import Event
from domain.kernel.permission import Permission
from domain.kernel.rejections import RejectionCode
from domain.kernel.text_set import TextSet
from domain.people.events import (
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import lookup_key
from domain.people.identifiers.ownership import hash_change, hash_taken
from domain.people.state import user_of
from domain.people.tags import PEOPLE
from domain.uploads.csv.row_errors import BadRow, RowError, row_error, split_row
from domain.uploads.csv.row_file import RowFile
from domain.uploads.member_file import MemberFile, MemberFileRow
from domain.uploads.membership_plan import MembershipPlan
from domain.uploads.options import UploadOptions
from domain.uploads.snapshot import ExistingSegment, FoundUser, UploadSnapshot
from domain.uploads.upload_command import UploadCommand, UploadServices
from domain.uploads.uploaded_file import UploadedFile


class UploadMembers(UploadCommand[MemberFileRow]):
    """Records `members.added`, with the row of each user. Segments are never created here."""

    NAME = "uploadSegmentMembers"
    PERMISSION = Permission.CHANGE_MEMBERS

    def __init__(
        self,
        file: UploadedFile,
        options: UploadOptions,
        hashes: IdentifierHasher,
        plan_hash: str | None = None,
    ) -> None:
        super().__init__(file, options, plan_hash)
        self._hashes = hashes

    @classmethod
    def build(
        cls,
        file: UploadedFile,
        options: UploadOptions,
        site: UploadServices,
        plan_hash: str | None = None,
    ) -> Self:
        return cls(file, options, site.hashes, plan_hash)

    def open_file(self) -> MemberFile:
        file = MemberFile(self.file.rewound(), self.options)
        self._by = file.by
        return file

    def begin(self, file: RowFile[MemberFileRow], snapshot: UploadSnapshot) -> None:
        self._user_column = file.column(self._by.value)
        self._memberships = MembershipPlan(self.plan)
        self._unknown = TextSet()

    def filtered_selectors(self) -> Sequence[FilteredSelector]:
        """Returns the condition: that a user who was found goes, or loses the identifier; that one
        gets an identifier by which nobody was found.
        """
        self._unknown.sort()
        kinds: tuple[type[Event], ...] = (UserEdited, UserErased, UserRemoved)
        if self._unknown:
            kinds = (*kinds, UserCreated, UserReinstated)
        return [
            self._memberships.filtered_selectors(),
            FilteredSelector({PEOPLE}, self._finds_others, kinds),
        ]

    def _finds_others(self, event: Event) -> bool:
        taken = hash_taken(event, self._by)
        if taken is not None and taken in self._unknown:
            return True
        if isinstance(event, UserEdited) and hash_change(event, self._by) is None:
            return False
        return user_of(event) in self.plan.people

    def plan_rows(
        self, chunk: Sequence[MemberFileRow | BadRow[MemberFileRow]], snapshot: UploadSnapshot
    ) -> None:
        read = [(row.row, *split_row(row)) for row in chunk]
        rows = [row for _, row, _ in read if row is not None]
        self._memberships.look_up([cell for row in rows for _, cell in row.segments], snapshot)
        keys = {row.user: lookup_key(self._by, row.user) for row in rows}
        found = snapshot.find_users(self._by, {key for key in keys.values() if key is not None})
        users = {name: found.get(key) for name, key in keys.items() if key is not None}
        self._add_to_hash(found, keys.values())
        are_in = snapshot.memberships(self._pairs(rows, users))
        for line, row, wrong in read:
            told = () if row is None else self._errors(row, users.get(row.user))
            errors = [*wrong, *told]
            if errors or row is None:
                self.plan.reject(line, errors)
            else:
                self._decide(row, users[row.user], are_in)

    def _add_to_hash(self, found: Mapping[str, FoundUser], keys: Iterable[str | None]) -> None:
        """Adds the users found, and the identifiers by which nobody was."""
        self.plan.people.update(user.id for user in found.values())
        unknown = {key for key in keys if key is not None and key not in found}
        self._unknown.update(self._hashes.of_key(self._by, key) for key in unknown)

    def _pairs(
        self, rows: Sequence[MemberFileRow], users: dict[str, FoundUser | None]
    ) -> list[tuple[int, int]]:
        return [
            (segment.number, user.number)
            for row in rows
            if (user := users.get(row.user)) is not None
            for segment in self._segments(row)
        ]

    def _segments(self, row: MemberFileRow) -> list[ExistingSegment]:
        found = (self._memberships.segment(cell) for _, cell in row.segments)
        return [segment for segment in found if segment is not None]

    def _errors(self, row: MemberFileRow, user: FoundUser | None) -> Iterator[RowError]:
        """Returns the errors of a row against the site."""
        yield from self._memberships.errors(row.row, row.segments)
        self.plan.add_to_hash(row.user, user and user.id)
        if user is None and row.user:
            message = "There is no such user."
            code = RejectionCode.NOT_FOUND
            yield row_error(row.row, self._user_column, code, message, row.user)

    def _decide(
        self, row: MemberFileRow, user: FoundUser | None, are_in: set[tuple[int, int]]
    ) -> None:
        if user is None:  # reported as an error already
            return
        for segment in self._segments(row):
            self._join(row, segment, user, is_in=(segment.number, user.number) in are_in)

    def _join(
        self, row: MemberFileRow, segment: ExistingSegment, user: FoundUser, *, is_in: bool
    ) -> None:
        self.plan.add_to_hash(segment.id, is_in)
        if not self._memberships.is_new(segment, user.number):
            return
        if is_in:
            self._memberships.skip(segment, user.number)
            self.plan.unchanged += 1
        else:
            self._memberships.add(segment, user.number, user.id, row.row)
            self.plan.created += 1
        outcome = "unchanged" if is_in else "create"
        self.plan.add_preview(row.row, outcome, segment=segment.segment.name, user=row.user)

    def events(self) -> Iterator[tuple[None, Event]]:
        return ((None, added) for added in self._memberships.events())
