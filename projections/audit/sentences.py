"""Facts as sentences for people. The one place to word, and later to translate, them."""

from __future__ import annotations

from collections.abc import Mapping

from domain.kernel.event import Event
from projections.audit import people_sentences, roster_sentences, segment_sentences
from projections.audit.wording import Sentence

SENTENCES: dict[type[Event], Sentence] = {
    **segment_sentences.SENTENCES,
    **people_sentences.SENTENCES,
    **roster_sentences.SENTENCES,
}


def people_in(event: Event) -> list[str]:
    """The ids of the users whose names the sentence about a fact needs: at most three."""
    if isinstance(event, roster_sentences.RosterFact):
        return roster_sentences.named_in(event)
    return people_sentences.named_in(event)


def sentence(actor: str, event: Event, names: Mapping[str, str]) -> str:
    """One sentence about a fact. `names` are those of `people_in(event)`, as people are called now.

    KeyError for an event that has no sentence, which a test rules out.
    """
    return SENTENCES[type(event)](actor, event, names)
