"""Identifies users: by their id, username, e-mail address or code, in any spelling of it."""

from __future__ import annotations

from enum import StrEnum

from domain.kernel.ids import USER, uuid_in
from domain.kernel.text import InvalidText
from domain.kernel.values import lookup_code
from domain.people.values import email_key, parse_email, parse_username


class UserKey(StrEnum):
    """The kind of identifier that names a user; the value is the name of the input's field."""

    ID = "id"
    USERNAME = "username"
    EMAIL = "email"
    CODE = "code"

    @property
    def plural(self) -> str:
        """The name of the input's field for a list of them."""
        return f"{self.value}s"


def lookup_key(by: UserKey, text: str) -> str | None:
    """Returns the key to look up a user by this identifier; None when nobody could ever have it."""
    if by is UserKey.ID:
        return text if uuid_in(text, USER) is not None else None
    try:
        if by is UserKey.USERNAME:
            return parse_username(text)
        return email_key(parse_email(text)) if by is UserKey.EMAIL else lookup_code(text)
    except InvalidText:
        return None
