"""Summaries of whole commands as sentences for people: what was done, and to how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.kernel.envelope import Envelope
from domain.kernel.event import Event
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.events import (
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from projections.audit.summary_text import join_words
from projections.commands.views import TypeCount

Phrase = Callable[[TypeCount], str]

UNSEEN = "did something that you may not see"


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def _segments(words: str) -> Phrase:
    return lambda count: words.format(_counted(count.segments, "segment"))


def _users(words: str) -> Phrase:
    return lambda count: words.format(_counted(count.events, "user"))


def _memberships(words: str) -> Phrase:
    return lambda count: words.format(
        _counted(count.memberships, "membership"), _counted(count.segments, "segment")
    )


PHRASES: Mapping[type[Event], Phrase] = {
    SegmentCreated: _segments("created {}"),
    SegmentEdited: _segments("edited {}"),
    SegmentArchived: _segments("archived {}"),
    SegmentRestored: _segments("restored {}"),
    SegmentDeleted: _segments("deleted {}"),
    SegmentReinstated: _segments("brought {} back"),
    UserCreated: _users("added {}"),
    UserEdited: _users("edited {}"),
    RolesAssigned: _users("changed the roles of {}"),
    UserErased: _users("erased {}"),
    UserRemoved: _users("removed {}"),
    UserReinstated: _users("brought {} back"),
    MembersAdded: _memberships("added {} in {}"),
    MembersRemoved: _memberships("ended {} in {}"),
}
"""The phrase for the events of each type, in the order in which a sentence lists them."""


def command_summary(actor: str, envelope: Envelope, counts: Sequence[TypeCount]) -> str:
    """Returns one sentence about several events: `counts` are of the types that may be seen. The
    envelope is that of the first event.
    """
    by_topic = {count.topic: count for count in counts}
    deeds = [
        phrase(by_topic[event.TOPIC])
        for event, phrase in PHRASES.items()
        if event.TOPIC in by_topic
    ]
    return f"{actor} {_introduced(envelope, join_words(deeds) if deeds else UNSEEN)}."


def _introduced(envelope: Envelope, deeds: str) -> str:
    file = envelope.upload.file if envelope.upload is not None else None
    if file is not None:
        return f"uploaded {file.name}: {deeds}"
    return f"undid a command: {deeds}" if envelope.causation_id is not None else deeds
