"""Fields and arguments that inputs of all slices share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from strawberry import UNSET

from domain.kernel.ids import present_id_wanted, uuid_in
from domain.kernel.text import InvalidText, single_line
from graph.support.errors import invalid

COMMAND_ID = (
    "Idempotency key of your choice (1-64 of A-Z a-z 0-9 _ -). Sent again, the command is not done"
    " twice; you get the first result."
)
REASON = (
    "Why you do this, for the audit log. Up to 1,000 characters; no control characters but TAB, CR,"
    " LF."
)

MAX_SEARCH_LENGTH = 254
MAX_ACTOR_LENGTH = 200


def parse_search(search: str | None, name: str = "search", argument: str = "search") -> str:
    """The text to search for. QueryError INVALID when no list can be searched for it."""
    text = search or ""
    if "\0" in text or len(text) > MAX_SEARCH_LENGTH:
        raise invalid(
            f"{name} is at most {MAX_SEARCH_LENGTH} characters, none of them NUL.", argument
        )
    return text


def parse_id(identifier: str, kind: str, argument: str) -> UUID:
    """The UUID in the id of a thing of that kind. QueryError INVALID when it is none, or that of a
    thing as it was at a position, which only `node` takes.
    """
    uuid = uuid_in(identifier, kind)
    if uuid is not None:
        return uuid
    wrong = present_id_wanted(identifier, kind) or f"This is no id of a {kind}."
    raise invalid(wrong, argument)


def parse_actor(actor: str | None) -> str | None:
    """The id of an actor in a filter. QueryError INVALID when it is none."""
    if actor is not None and not may_be_actor(actor):
        raise invalid("This is no id of an actor.", "filter")
    return actor


def may_be_actor(identifier: str) -> bool:
    """Whether an actor could have that id."""
    try:
        line = single_line(identifier, MAX_ACTOR_LENGTH)
    except InvalidText:
        return False
    return 0 < len(identifier) <= MAX_ACTOR_LENGTH and line == identifier


def given_fields(input: object, names: Iterable[str]) -> dict[str, Any]:
    """The fields of an input that were given, null included."""
    return {name: value for name in names if (value := getattr(input, name)) is not UNSET}
