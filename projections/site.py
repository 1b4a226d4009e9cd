"""The site's read model: which slices it is made of, in the order in which they fold a fact.

A new slice adds its line to SQL_PACKAGES and to `site_folds`; a change of any slice's tables or
fold raises VERSION, and the read model is built anew from the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from domain.log import Recorded
from projections.audit.activity import ActivityFold
from projections.audit.fold import RecordedEventsFold
from projections.engine.fold import Fold
from projections.memberships.fold import MembershipsFold
from projections.people.fold import PeopleFold
from projections.segments.fold import SegmentsFold

VERSION = 8

SQL_PACKAGES = (
    "projections.engine",
    "projections.segments",
    "projections.people",
    "projections.memberships",
    "projections.audit",
)


class _LoadedOnly:
    """What other folds look into, and a fact does not change."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold

    def load(self, cursor: Cursor[Any], facts: Sequence[Recorded]) -> None:
        self._fold.load(cursor, facts)

    def fold(self, fact: Recorded) -> None:
        pass

    def write(self, cursor: Cursor[Any]) -> None:
        pass


def bare_folds() -> Sequence[Fold]:
    """Of an event that changes nothing on the site: that it was recorded."""
    segments = SegmentsFold()
    return (_LoadedOnly(segments), RecordedEventsFold(segments), ActivityFold())


def site_folds() -> Sequence[Fold]:
    """Fresh folds for one batch. Segments and people come first: others refer to their numbers."""
    segments, people = SegmentsFold(), PeopleFold()
    memberships = MembershipsFold(segments, people)
    return (segments, people, memberships, RecordedEventsFold(segments), ActivityFold())
