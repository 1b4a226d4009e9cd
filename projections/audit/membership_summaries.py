"""Summaries of events about the members of segments."""

from __future__ import annotations

from domain.kernel.event import Event
from domain.memberships.events import MembersAdded, MembersRemoved
from projections.audit.summary_text import Names, Summarize, join_words, name_of

MAX_NAMED = 3
"""Users that a sentence names; more are counted."""

MembershipEvent = MembersAdded | MembersRemoved


def named_in(event: MembershipEvent) -> list[str]:
    """Returns the ids of the users whom the sentence names."""
    return list(event.user_ids) if len(event.user_ids) <= MAX_NAMED else []


def _added(actor: str, event: MembersAdded, names: Names) -> str:
    source = "" if event.rows is None else " from a file"
    return f"{actor} added {_whom(event, names)} to the segment{source}."


def _removed(actor: str, event: MembersRemoved, names: Names) -> str:
    return f"{actor} removed {_whom(event, names)} from the segment."


def _whom(event: MembershipEvent, names: Names) -> str:
    named = named_in(event)
    if named:
        return join_words([name_of(user, names) for user in named])
    return f"{len(event.user_ids):,} users"


SUMMARIES: dict[type[Event], Summarize] = {MembersAdded: _added, MembersRemoved: _removed}
