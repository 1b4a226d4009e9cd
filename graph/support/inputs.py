"""What inputs of all slices have in common."""

from __future__ import annotations

from graph.support.errors import invalid

COMMAND_ID = (
    "1 to 64 of A-Z a-z 0-9 _ -: the same command under it again records nothing and brings the"
    " first result."
)
REASON = "Why, at most 1,000 characters, no control characters but TAB, CR, LF."

MAX_SEARCH_LENGTH = 254


def searched(search: str | None) -> str:
    """What is looked for. QueryError INVALID for what no list can be searched for."""
    text = search or ""
    if "\0" in text or len(text) > MAX_SEARCH_LENGTH:
        raise invalid(
            f"search is at most {MAX_SEARCH_LENGTH} characters, none of them NUL.", "search"
        )
    return text
