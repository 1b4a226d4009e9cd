"""What the site says against a row of a users file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from domain.kernel.principal import Role
from domain.kernel.refusals import RefusalCode
from domain.uploads.csv.row_errors import RowError, row_error
from domain.uploads.snapshot import Found, KnownUser
from domain.uploads.user_file import UserRow
from domain.uploads.user_holders import Holders

NEEDED = {
    "email": "An e-mail address",
    "first_name": "A first name",
    "last_name": "A last name",
}


class UserRules:
    """Checks rows in the file's order; knows who would be an active site admin by then."""

    def __init__(self, column: Callable[[str], str | None], site_admins: Collection[str]) -> None:
        self._column = column
        self._site_admins = set(site_admins)

    def hold(self, user_id: str, roles: Collection[Role], *, active: bool) -> None:
        """Takes note of the roles that somebody will have."""
        if Role.SITE_ADMIN in roles and active:
            self._site_admins.add(user_id)
        else:
            self._site_admins.discard(user_id)

    def errors(
        self, row: UserRow, user: KnownUser | None, holders: Holders, *, updates: bool
    ) -> list[RowError]:
        """All that speaks against a row."""
        if user is not None and not updates:
            message = "A user with this username exists."
            code = RefusalCode.USERNAME_TAKEN
            return [row_error(row.row, self._column("username"), code, message, row.username)]
        return [*self._missing(row, user), *self._taken(row, user, holders), *self._last(row, user)]

    def _missing(self, row: UserRow, user: KnownUser | None) -> Iterator[RowError]:
        if user is not None:
            return
        for field, what in NEEDED.items():
            if getattr(row, field) is None:
                message = f"{what} is needed for somebody who is not in the directory yet."
                column = self._column(field)
                cell = None if column is None else ""
                yield row_error(row.row, column, RefusalCode.INVALID, message, cell)

    def _taken(self, row: UserRow, user: KnownUser | None, holders: Holders) -> Iterator[RowError]:
        if _is_another(holders.of_email(row), user):
            message = "Another user has this e-mail address."
            code = RefusalCode.EMAIL_TAKEN
            yield row_error(row.row, self._column("email"), code, message, row.email)
        if _is_another(holders.of_code(row), user):
            message = "Another user has this code."
            code = RefusalCode.CODE_TAKEN
            yield row_error(row.row, self._column("code"), code, message, row.code)

    def _last(self, row: UserRow, user: KnownUser | None) -> Iterator[RowError]:
        if user is None or row.roles is None or Role.SITE_ADMIN in row.roles:
            return
        if self._site_admins == {user.id}:
            message = "The last active site admin keeps that role."
            code = RefusalCode.INVALID
            cell = " ".join(row.roles)
            yield row_error(row.row, self._column("roles"), code, message, cell)


def _is_another(holder: Found | None, user: KnownUser | None) -> bool:
    return holder is not None and (user is None or holder.id != user.id)
