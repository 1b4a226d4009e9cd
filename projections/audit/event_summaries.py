"""Summaries of events as sentences for people. The one place to word, and later to translate,
them.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.kernel.event import Event
from projections.audit import membership_summaries, people_summaries, segment_summaries
from projections.audit.summary_text import Summarize

SUMMARIES: dict[type[Event], Summarize] = {
    **segment_summaries.SUMMARIES,
    **people_summaries.SUMMARIES,
    **membership_summaries.SUMMARIES,
}

HISTORY_TOPICS = frozenset(
    event.TOPIC for event in (*segment_summaries.SUMMARIES, *membership_summaries.SUMMARIES)
)
"""The types of events that the history of a segment shows."""


def people_in(event: Event) -> list[str]:
    """Returns the ids of the users whose names the summary of an event needs: at most three."""
    if isinstance(event, membership_summaries.MembershipEvent):
        return membership_summaries.named_in(event)
    return people_summaries.named_in(event)


def summary_of(actor: str, event: Event, names: Mapping[str, str]) -> str:
    """Returns one sentence about an event. `names` are those of `people_in(event)`, as they are
    now.

    KeyError for an event that has no sentence, which a test rules out.
    """
    return SUMMARIES[type(event)](actor, event, names)
