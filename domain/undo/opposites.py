"""The opposite of every event: the event that undoes it, or the reason why none does.

A new event has its line here; the event that it names is made by SegmentsUndo, PeopleUndo or
RostersUndo (`RECORDERS` of the first two).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
from domain.undo.reasons import IRREVERSIBLE_ERASURE


@dataclass(frozen=True, slots=True)
class Irreversible:
    """An event that cannot be undone."""

    reason: str
    """The reason as a sentence, for the conflict."""


Opposite = type[Event] | Irreversible

OPPOSITES: Mapping[type[Event], Opposite] = {
    SegmentCreated: SegmentDeleted,
    SegmentEdited: SegmentEdited,
    SegmentArchived: SegmentRestored,
    SegmentRestored: SegmentArchived,
    SegmentDeleted: SegmentReinstated,
    SegmentReinstated: SegmentDeleted,
    UserCreated: UserRemoved,
    UserEdited: UserEdited,
    RolesAssigned: RolesAssigned,
    UserErased: Irreversible(IRREVERSIBLE_ERASURE),
    UserRemoved: UserReinstated,
    UserReinstated: UserRemoved,
    MembersAdded: MembersRemoved,
    MembersRemoved: MembersAdded,
}
"""The opposites by the class of the event that is undone."""
