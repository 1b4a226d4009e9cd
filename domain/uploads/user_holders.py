"""Who on the site holds what the rows of a users file name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.kernel.values import code_key
from domain.people.hashes import Hashes
from domain.people.lookup import UserKey
from domain.people.tags import email_tag, user_tag, usercode_tag, username_tag
from domain.people.values import email_key
from domain.uploads.snapshot import Found, KnownUser, UploadSnapshot
from domain.uploads.user_file import UserRow


class Holders:
    """Looked up once for a number of rows."""

    def __init__(self, rows: Sequence[UserRow], snapshot: UploadSnapshot, hashes: Hashes) -> None:
        self._hashes = hashes
        self._usernames = [row.username for row in rows]
        self._emails = [email_key(row.email) for row in rows if row.email]
        self._codes = [code_key(row.code) for row in rows if row.code]
        self._by_username = snapshot.users_named(UserKey.USERNAME, self._usernames)
        self._by_email = snapshot.find_users(UserKey.EMAIL, self._emails)
        self._by_code = snapshot.find_users(UserKey.CODE, self._codes)

    def of_username(self, row: UserRow) -> KnownUser | None:
        """Whom the row is about, if they are on the site."""
        return self._by_username.get(row.username)

    def of_email(self, row: UserRow) -> Found | None:
        """Who holds the row's address."""
        return self._by_email.get(email_key(row.email)) if row.email else None

    def of_code(self, row: UserRow) -> Found | None:
        """Who holds the row's code."""
        return self._by_code.get(code_key(row.code)) if row.code else None

    def relied_on(self, row: UserRow) -> tuple[str | None, ...]:
        """The ids of all three."""
        holders = (self.of_username(row), self.of_email(row), self.of_code(row))
        return (row.username, *(None if holder is None else holder.id for holder in holders))

    def tags(self) -> Iterator[str]:
        """Of the facts that would change any of it."""
        hashes = self._hashes
        yield from (username_tag(hashes.username(name)) for name in self._usernames)
        yield from (email_tag(hashes.email(key)) for key in self._emails)
        yield from (usercode_tag(hashes.code(key)) for key in self._codes)
        yield from (user_tag(user.id) for user in self._by_username.values())
