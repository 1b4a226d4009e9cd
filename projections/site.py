"""The site's read model: its slices, in the order in which they fold an event.

A new slice adds its line to `sql_packages` and to `_folds`. A change of any slice's tables or folds
raises VERSION, and the read model is built anew from the log (projections/version.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from domain.log import RecordedEvent
from projections.audit.activity import ActivityFold
from projections.audit.fold import RecordedEventsFold
from projections.commands.fold import CommandsFold
from projections.engine.fold import Fold
from projections.engine.projection import Projection
from projections.memberships.effective_event import effective
from projections.memberships.fold import MembershipsFold
from projections.people.fold import PeopleFold
from projections.segments.fold import SegmentsFold
from projections.version import VERSION


class _LoadedOnly:
    """A fold that other folds read, and that an event does not change."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold

    def load(self, cursor: Cursor[Any], events: Sequence[RecordedEvent]) -> None:
        self._fold.load(cursor, events)

    def fold(self, event: RecordedEvent) -> None:
        pass

    def write(self, cursor: Cursor[Any]) -> None:
        pass


def _bare_folds() -> Sequence[Fold]:
    """Returns the folds of an event that changes nothing on the site: they record that it
    happened.
    """
    segments = SegmentsFold()
    return (_LoadedOnly(segments), *_log_folds(segments))


def _folds() -> Sequence[Fold]:
    """Returns fresh folds for one batch. Segments and people come first: others refer to their
    numbers.
    """
    segments, people = SegmentsFold(), PeopleFold()
    memberships = MembershipsFold(segments, people)
    return (segments, people, memberships, *_log_folds(segments))


def _log_folds(segments: SegmentsFold) -> Sequence[Fold]:
    """Returns the folds to which every event matters."""
    events = RecordedEventsFold(segments)
    return (events, ActivityFold(), CommandsFold(segments, events))


SITE = Projection(
    version=VERSION,
    sql_packages=(
        "projections.engine",
        "projections.segments",
        "projections.people",
        "projections.memberships",
        "projections.audit",
        "projections.commands",
    ),
    folds=_folds,
    bare_folds=_bare_folds,
    fit=effective,
)
"""The site's read model."""
