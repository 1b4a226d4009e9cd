"""Values that more than one slice uses. A parser returns one or raises InvalidText."""

from __future__ import annotations

import re
import unicodedata
from typing import NewType
from uuid import uuid4

from domain.kernel.text import InvalidText, multi_line, single_line

Code = NewType("Code", str)
CodeKey = NewType("CodeKey", str)
CommandId = NewType("CommandId", str)
Reason = NewType("Reason", str)

MAX_CODE_LENGTH = 100
MAX_REASON_LENGTH = 1_000

_COMMAND_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def parse_code(text: str) -> Code | None:
    """Parses a code as typed, trimmed; None when nothing is left of it."""
    code = single_line(text, MAX_CODE_LENGTH)
    return Code(code) if code else None


def code_key(text: str) -> CodeKey:
    """Returns the key by which codes are compared and looked up: NFKC and case folding, trimmed.

    NFKC again after folding, because folding can undo it ("ᾳ" folds to two characters).
    """
    folded = unicodedata.normalize("NFKC", text.strip()).casefold()
    return CodeKey(unicodedata.normalize("NFKC", folded).strip())


def parse_command_id(text: str) -> CommandId:
    """Parses a client's own id for one command: 1 to 64 letters, digits, hyphens and
    underscores.
    """
    if not is_command_id(text):
        raise InvalidText("Must be 1 to 64 of the characters A-Z, a-z, 0-9, hyphen and underscore.")
    return CommandId(text)


def is_command_id(text: str) -> bool:
    """Whether a text is a valid command id."""
    return _COMMAND_ID.fullmatch(text) is not None


def new_command_id() -> CommandId:
    """Returns a new command id for a client that gave none."""
    return CommandId(uuid4().hex)


def parse_reason(text: str) -> Reason | None:
    """Parses the reason for a command, in the user's words, trimmed; None when blank."""
    reason = multi_line(text.strip(), MAX_REASON_LENGTH)
    return Reason(reason) if reason else None


def lookup_code(text: str) -> CodeKey:
    """Returns the key to look a code up by. InvalidText when no code could ever be spelled so."""
    key = code_key(single_line(text, MAX_CODE_LENGTH * 4))
    if not key:
        raise InvalidText("Must not be blank.")
    return key
