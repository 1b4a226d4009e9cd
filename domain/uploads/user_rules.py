"""Checks the rows of a users file against the site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from domain.kernel.principal import Role
from domain.kernel.rejections import RejectionCode
from domain.kernel.values import code_key
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.tags import email_tag, user_tag, usercode_tag, username_tag
from domain.people.values import email_key
from domain.uploads.csv.row_errors import RowError, row_error
from domain.uploads.snapshot import ExistingUser, FoundUser, UploadSnapshot
from domain.uploads.user_file import UserFileRow

REQUIRED = {
    "email": "An e-mail address",
    "first_name": "A first name",
    "last_name": "A last name",
}


class IdentifierOwners:
    """The owners, on the site, of the identifiers that some rows name: looked up once for all of
    them.
    """

    def __init__(
        self, rows: Sequence[UserFileRow], snapshot: UploadSnapshot, hashes: IdentifierHasher
    ) -> None:
        self._hashes = hashes
        self._usernames = [row.username for row in rows]
        self._emails = [email_key(row.email) for row in rows if row.email]
        self._codes = [code_key(row.code) for row in rows if row.code]
        self._by_username = snapshot.users_named(UserKey.USERNAME, self._usernames)
        self._by_email = snapshot.find_users(UserKey.EMAIL, self._emails)
        self._by_code = snapshot.find_users(UserKey.CODE, self._codes)

    def of_username(self, row: UserFileRow) -> ExistingUser | None:
        """Returns the user whom the row is about, if they are on the site."""
        return self._by_username.get(row.username)

    def of_email(self, row: UserFileRow) -> FoundUser | None:
        """Returns the owner of the row's address."""
        return self._by_email.get(email_key(row.email)) if row.email else None

    def of_code(self, row: UserFileRow) -> FoundUser | None:
        """Returns the owner of the row's code."""
        return self._by_code.get(code_key(row.code)) if row.code else None

    def hash_parts(self, row: UserFileRow) -> tuple[str | None, ...]:
        """Returns the ids of all three."""
        owners = (self.of_username(row), self.of_email(row), self.of_code(row))
        return (row.username, *(None if owner is None else owner.id for owner in owners))

    def tags(self) -> Iterator[str]:
        """Yields the tags of events that would change any of it."""
        hashes = self._hashes
        yield from (username_tag(hashes.username(name)) for name in self._usernames)
        yield from (email_tag(hashes.email(key)) for key in self._emails)
        yield from (usercode_tag(hashes.code(key)) for key in self._codes)
        yield from (user_tag(user.id) for user in self._by_username.values())


class UserRules:
    """Checks rows in the file's order; knows the active site admins after each."""

    def __init__(self, column: Callable[[str], str | None], site_admins: Collection[str]) -> None:
        self._column = column
        self._site_admins = set(site_admins)

    def hold(self, user_id: str, roles: Collection[Role], *, active: bool) -> None:
        """Takes note of the roles that a user will have."""
        if Role.SITE_ADMIN in roles and active:
            self._site_admins.add(user_id)
        else:
            self._site_admins.discard(user_id)

    def errors(
        self,
        row: UserFileRow,
        user: ExistingUser | None,
        owners: IdentifierOwners,
        *,
        updates: bool,
    ) -> list[RowError]:
        """Returns all errors of a row."""
        if user is not None and not updates:
            message = "A user with this username exists."
            code = RejectionCode.USERNAME_TAKEN
            return [row_error(row.row, self._column("username"), code, message, row.username)]
        return [*self._missing(row, user), *self._taken(row, user, owners), *self._last(row, user)]

    def _missing(self, row: UserFileRow, user: ExistingUser | None) -> Iterator[RowError]:
        if user is not None:
            return
        for field, what in REQUIRED.items():
            if getattr(row, field) is None:
                message = f"{what} is needed for somebody who is not in the directory yet."
                column = self._column(field)
                cell = None if column is None else ""
                yield row_error(row.row, column, RejectionCode.INVALID, message, cell)

    def _taken(
        self, row: UserFileRow, user: ExistingUser | None, owners: IdentifierOwners
    ) -> Iterator[RowError]:
        if _is_another(owners.of_email(row), user):
            message = "Another user has this e-mail address."
            code = RejectionCode.EMAIL_TAKEN
            yield row_error(row.row, self._column("email"), code, message, row.email)
        if _is_another(owners.of_code(row), user):
            message = "Another user has this code."
            code = RejectionCode.CODE_TAKEN
            yield row_error(row.row, self._column("code"), code, message, row.code)

    def _last(self, row: UserFileRow, user: ExistingUser | None) -> Iterator[RowError]:
        if user is None or row.roles is None or Role.SITE_ADMIN in row.roles:
            return
        if self._site_admins == {user.id}:
            message = "The last active site admin keeps that role."
            code = RejectionCode.INVALID
            cell = " ".join(row.roles)
            yield row_error(row.row, self._column("roles"), code, message, cell)


def _is_another(owner: FoundUser | None, user: ExistingUser | None) -> bool:
    return owner is not None and (user is None or owner.id != user.id)
