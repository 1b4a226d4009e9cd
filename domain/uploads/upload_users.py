"""Uploads a file of people: each row adds a user or updates them, and adds them to segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Self

from domain.kernel.commands.append_condition import FilteredSelector
from domain.kernel.event import Event
from domain.kernel.ids import UserId, new_user_id
from domain.kernel.permission import Permission
from domain.kernel.principal import Role
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.person import content_of
from domain.people.state import user_of
from domain.people.tags import SITE_ADMINS
from domain.people.vault import Vault
from domain.uploads.csv.row_errors import BadRow, RowError, split_row
from domain.uploads.csv.row_file import RowFile
from domain.uploads.membership_plan import MembershipPlan
from domain.uploads.options import ExistingRows, UploadOptions
from domain.uploads.snapshot import ExistingUser, UploadSnapshot
from domain.uploads.upload_command import UploadCommand, UploadServices
from domain.uploads.uploaded_file import UploadedFile
from domain.uploads.user_changes import NewUser, UserChange
from domain.uploads.user_file import UserFile, UserFileRow
from domain.uploads.user_rules import IdentifierOwners, UserRules


class UploadUsers(UploadCommand[UserFileRow]):
    """Records `user.created`, `user.edited` and `user.roles_assigned`, each with the row that it
    comes from, then `members.added` for the segments that rows name.
    """

    NAME = "uploadUsers"
    PERMISSION = Permission.CHANGE_USERS

    def __init__(
        self,
        file: UploadedFile,
        options: UploadOptions,
        new_id: Callable[[], UserId],
        hashes: IdentifierHasher,
        vault: Vault,
        plan_hash: str | None = None,
    ) -> None:
        super().__init__(file, options, plan_hash)
        self._new_id = new_id
        self._hashes = hashes
        self._vault = vault

    @classmethod
    def build(
        cls,
        file: UploadedFile,
        options: UploadOptions,
        site: UploadServices,
        plan_hash: str | None = None,
    ) -> Self:
        return cls(
            file, options, lambda: new_user_id(site.clock()), site.hashes, site.vault, plan_hash
        )

    def open_file(self) -> UserFile:
        return UserFile(self.file.rewound(), self.options)

    def begin(self, file: RowFile[UserFileRow], snapshot: UploadSnapshot) -> None:
        self._memberships = MembershipPlan(self.plan)
        self._new_users: list[NewUser] = []
        self._user_changes: list[UserChange] = []
        self._site_admins = snapshot.active_site_admins()
        self._changes_roles = False
        self._rules = UserRules(file.column, self._site_admins)

    def filtered_selectors(self) -> Sequence[FilteredSelector]:
        """Returns the condition: where roles change, that a site admin goes, as the last one may be
        a user who is to be none.
        """
        tags = {SITE_ADMINS} if self._changes_roles else set()
        admins = FilteredSelector(tags, lambda event: user_of(event) in self._site_admins)
        return [self._memberships.filtered_selectors(), admins]

    def plan_rows(
        self, chunk: Sequence[UserFileRow | BadRow[UserFileRow]], snapshot: UploadSnapshot
    ) -> None:
        read = [(row.row, *split_row(row)) for row in chunk]
        rows = [row for _, row, _ in read if row is not None]
        self._memberships.look_up([cell for row in rows for _, cell in row.segments], snapshot)
        owners = IdentifierOwners(rows, snapshot, self._hashes)
        self.plan.watch(owners.tags())
        are_in = snapshot.memberships(self._pairs(rows, owners))
        for line, row, wrong in read:
            errors = [*wrong, *(() if row is None else self._errors(row, wrong, owners))]
            if errors or row is None:
                self.plan.reject(line, errors)
            else:
                self._decide(row, owners.of_username(row), are_in)

    def _pairs(
        self, rows: Sequence[UserFileRow], owners: IdentifierOwners
    ) -> list[tuple[int, int]]:
        return [
            (segment.number, user.number)
            for row in rows
            if (user := owners.of_username(row)) is not None
            for _, cell in row.segments
            if (segment := self._memberships.segment(cell)) is not None
        ]

    def _errors(
        self, row: UserFileRow, wrong: Sequence[RowError], owners: IdentifierOwners
    ) -> Iterator[RowError]:
        """Returns the errors of a row against the site, of columns without errors of their own."""
        user = owners.of_username(row)
        updates = self.options.existing is ExistingRows.UPDATE
        self.plan.add_to_hash(*owners.hash_parts(row), user.version if user and updates else None)
        if user is not None and self.options.existing is ExistingRows.SKIP:
            return
        self._changes_roles |= user is not None and row.roles is not None
        bad = {error.column for error in wrong}
        yield from self._memberships.errors(row.row, row.segments)
        found = self._rules.errors(row, user, owners, updates=updates)
        yield from (error for error in found if error.column not in bad)

    def _decide(
        self, row: UserFileRow, user: ExistingUser | None, are_in: set[tuple[int, int]]
    ) -> None:
        if user is None:
            self._create(row)
        elif self.options.existing is ExistingRows.SKIP:
            self._count(row, "unchanged")
        else:
            self._update(row, user, are_in)

    def _create(self, row: UserFileRow) -> None:
        new_user = NewUser.of(row, self._new_id(), self._hashes)
        self._new_users.append(new_user)
        self._rules.hold(new_user.user_id, new_user.roles, active=True)
        self.plan.new_site_admins += Role.SITE_ADMIN in new_user.roles
        self._join(row, new_user.user_id, None, set())
        self._count(row, "create")

    def _update(self, row: UserFileRow, user: ExistingUser, are_in: set[tuple[int, int]]) -> None:
        change = UserChange.of(row, user)
        if change.roles is not None:
            self._rules.hold(user.id, change.roles, active=user.active)
            self.plan.new_site_admins += Role.SITE_ADMIN in set(change.roles) - user.roles
        self.plan.people.add(user.id)
        joined = self._join(row, user.id, user.number, are_in)
        if change.changes:
            self._user_changes.append(change)
        self._count(row, "update" if change.changes or joined else "unchanged")

    def _join(
        self, row: UserFileRow, user_id: str, number: int | None, are_in: set[tuple[int, int]]
    ) -> bool:
        """Adds the row's memberships; returns whether there are any."""
        joined = False
        key = -row.row if number is None else number  # the file names a new user in one row alone
        for _, cell in row.segments:
            segment = self._memberships.segment(cell)
            if segment is None or not self._memberships.is_new(segment, key):
                continue
            is_in = number is not None and (segment.number, number) in are_in
            self.plan.add_to_hash(segment.id, is_in)
            if is_in:
                self._memberships.skip(segment, key)
            else:
                self._memberships.add(segment, key, user_id, row.row)
                joined = True
        return joined

    def _count(self, row: UserFileRow, outcome: str) -> None:
        plan = self.plan
        plan.created += outcome == "create"
        plan.updated += outcome == "update"
        plan.unchanged += outcome == "unchanged"
        plan.add_preview(
            row.row,
            outcome,
            username=row.username,
            email=row.email,
            firstName=row.first_name,
            lastName=row.last_name,
            code=row.code,
            roles=[role.name for role in sorted(set(row.roles or ()))],
            segments=[cell for _, cell in row.segments],
        )

    def events(self) -> Iterator[tuple[int | None, Event]]:
        contents = {str(new.user_id): content_of(new.person) for new in self._new_users}
        sealed = self._vault.encrypt_new(contents) if contents else {}
        for new in self._new_users:
            yield new.row, new.event(sealed[new.user_id])
        yield from self._change_events()
        yield from ((None, added) for added in self._memberships.events())

    def _change_events(self) -> Iterator[tuple[int, Event]]:
        edits = {a.user.id: content_of(a.edit) for a in self._user_changes if a.fields}
        sealed = self._vault.encrypt(edits) if edits else {}
        for change in self._user_changes:
            for event in change.events(sealed, self._hashes):
                yield change.row, event
