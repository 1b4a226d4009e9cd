"""The values of a person in the directory (docs/reference/rules.md, "Users")."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NewType

from domain.kernel.principal import Role
from domain.kernel.text import InvalidText, single_line, within

Username = NewType("Username", str)
Email = NewType("Email", str)
EmailKey = NewType("EmailKey", str)
PersonName = NewType("PersonName", str)

MAX_USERNAME_LENGTH = 100
MAX_EMAIL_LENGTH = 254
MAX_PERSON_NAME_LENGTH = 100

_USERNAME = re.compile(r"[\w.@+-]+")
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
MAX_LOCAL_PART_LENGTH = 64

# Marks that leave no trace on paper: two usernames that look the same would differ by one.
_UNSEEN_MARKS = frozenset(
    map(chr, [0x34F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)])
) | frozenset(map(chr, range(0xE0100, 0xE01F0)))


class UserStatus(StrEnum):
    """Suspended people keep their memberships, but cannot sign in. The last two are for ever."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ERASED = "erased"
    REMOVED = "removed"


def parse_username(text: str) -> Username:
    """Parses a username, trimmed and case-folded: 1 to 100 letters, digits and the characters
    -_.@+
    """
    line = single_line(text, MAX_USERNAME_LENGTH)
    username = unicodedata.normalize("NFC", line.casefold())
    if not username:
        raise InvalidText("Must not be blank.")
    if not _USERNAME.fullmatch(_without_marks(username)):
        raise InvalidText("Must consist of letters, digits and the characters - _ . @ +")
    return Username(within(username, MAX_USERNAME_LENGTH))


def _without_marks(text: str) -> str:
    """Returns the text without the marks that belong to its letters: many scripts are written with
    them, and the lower case of "İ" is a letter and a mark.
    """
    if text.isascii():
        return text
    return "".join(c for c in text if c in _UNSEEN_MARKS or unicodedata.category(c)[0] != "M")


def parse_email(text: str) -> Email:
    """Parses an e-mail address as typed, trimmed: of the right shape; whether it exists is not
    asked.
    """
    address = single_line(text, MAX_EMAIL_LENGTH)
    local = address.rpartition("@")[0]
    if not _EMAIL.fullmatch(_without_marks(address)) or len(local) > MAX_LOCAL_PART_LENGTH:
        raise InvalidText("Must be an e-mail address, such as ann@example.org.")
    return Email(address)


def email_key(address: str) -> EmailKey:
    """Returns the key by which addresses are compared and looked up: the case of letters does not
    matter.
    """
    return EmailKey(unicodedata.normalize("NFC", address.strip().casefold()))


def parse_person_name(text: str) -> PersonName:
    """Parses a first or a last name: 1 to 100 characters after trimming, on one line."""
    name = single_line(text, MAX_PERSON_NAME_LENGTH)
    if not name:
        raise InvalidText("Must not be blank.")
    return PersonName(name)


def parse_role(text: str) -> Role:
    """Parses a role as a file or a command line spells it, in any case of letters, with - or _."""
    try:
        return Role(text.strip().casefold().replace("_", "-"))
    except ValueError:
        known = ", ".join(role.value for role in Role)
        raise InvalidText(f"No such role; there are {known}.") from None
