"""Naming people: by their id, username, e-mail address or code, in any spelling of it."""

from __future__ import annotations

from enum import StrEnum

from domain.kernel.ids import USER, uuid_in
from domain.kernel.text import InvalidText
from domain.kernel.values import lookup_code
from domain.people.values import email_key, parse_email, parse_username


class UserKey(StrEnum):
    """What somebody is named by; the value is the name of the input's field."""

    ID = "id"
    USERNAME = "username"
    EMAIL = "email"
    CODE = "code"

    @property
    def plural(self) -> str:
        """The field of a list of them."""
        return f"{self.value}s"


def lookup_key(by: UserKey, text: str) -> str | None:
    """What somebody so named is looked up by; None when nobody could ever be named so."""
    if by is UserKey.ID:
        return text if uuid_in(text, USER) is not None else None
    try:
        if by is UserKey.USERNAME:
            return parse_username(text)
        return email_key(parse_email(text)) if by is UserKey.EMAIL else lookup_code(text)
    except InvalidText:
        return None
