"""Facts as sentences for people. The one place to word, and later to translate, them."""

from __future__ import annotations

from collections.abc import Mapping

from domain.kernel.event import Event
from projections.audit import membership_summaries, people_summaries, segment_summaries
from projections.audit.summary_text import Sentence

SENTENCES: dict[type[Event], Sentence] = {
    **segment_summaries.SENTENCES,
    **people_summaries.SENTENCES,
    **membership_summaries.SENTENCES,
}


def people_in(event: Event) -> list[str]:
    """The ids of the users whose names the sentence about a fact needs: at most three."""
    if isinstance(event, membership_summaries.RosterFact):
        return membership_summaries.named_in(event)
    return people_summaries.named_in(event)


def sentence(actor: str, event: Event, names: Mapping[str, str]) -> str:
    """One sentence about a fact. `names` are those of `people_in(event)`, as people are called now.

    KeyError for an event that has no sentence, which a test rules out.
    """
    return SENTENCES[type(event)](actor, event, names)
