"""Fields and arguments that inputs of all slices share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from strawberry import UNSET

from domain.kernel.text import InvalidText, single_line
from graph.support.errors import invalid

COMMAND_ID = (
    "1 to 64 of A-Z a-z 0-9 _ -: the same command under it again records nothing and brings the"
    " first result."
)
REASON = "Why, at most 1,000 characters, no control characters but TAB, CR, LF."

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


def parse_actor(actor: str | None) -> str | None:
    """The id of an actor in a filter. QueryError INVALID when it is none."""
    if actor is None:
        return None
    try:
        is_one = (
            0 < len(actor) <= MAX_ACTOR_LENGTH and single_line(actor, MAX_ACTOR_LENGTH) == actor
        )
    except InvalidText:
        is_one = False
    if not is_one:
        raise invalid("This is no id of an actor.", "filter")
    return actor


def given_fields(input: object, names: Iterable[str]) -> dict[str, Any]:
    """The fields of an input that were given, null included."""
    return {name: value for name in names if (value := getattr(input, name)) is not UNSET}
