"""Every event has an opposite that is recorded to undo it, or a stated refusal to be undone."""

from __future__ import annotations

from typing import Any

import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.event import Event
from domain.memberships.events import MEMBERSHIP_EVENTS
from domain.undo.opposites import OPPOSITES, Irreversible
from domain.undo.people import PeopleUndo
from domain.undo.segments import SegmentsUndo

EVENTS = CATALOGUE.by_topic
RECORDERS: dict[type[Event], Any] = {
    **SegmentsUndo.RECORDERS,
    **PeopleUndo.RECORDERS,
    **dict.fromkeys(MEMBERSHIP_EVENTS),  # RostersUndo tells the two apart
}


def test_every_event_has_one() -> None:
    """One that has none is found here, not by the first undo of it."""
    missing = sorted(kind.__name__ for kind in EVENTS.values() if kind not in OPPOSITES)
    assert missing == [], (
        f"How are {missing} undone? Add each to OPPOSITES in domain/undo/opposites.py: with the "
        "event that is its opposite, or with Irreversible and the sentence that says why not. "
        "Then add it to CASES in tests/domain/undo/cases.py."
    )
    assert len(OPPOSITES) == len(EVENTS)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_every_opposite_is_made_somewhere(kind: type[Event]) -> None:
    """Or the refusal is a sentence."""
    opposite = OPPOSITES[kind]
    if isinstance(opposite, Irreversible):
        assert opposite.reason.endswith(".")
    else:
        assert opposite in RECORDERS, (
            f"{opposite.__name__} undoes {kind.__name__}, but nothing makes it: add it to "
            "RECORDERS of SegmentsUndo or PeopleUndo."
        )


def test_an_opposite_can_be_undone_itself() -> None:
    """An undo can always be undone."""
    opposites = {kind for kind in OPPOSITES.values() if not isinstance(kind, Irreversible)}
    final = [kind for kind in opposites if isinstance(OPPOSITES[kind], Irreversible)]
    assert opposites
    assert final == []
