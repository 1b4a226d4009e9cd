"""Views of rosters: the answers to queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from domain.segments.values import SegmentSource
from projections.people.views import UserView
from projections.sql.paging import CursorKey


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a segment: the user as the directory has them now; `added_by` is an actor's
    id.
    """

    user: UserView
    added_at: datetime
    added_by: str
    source: SegmentSource


class ExportedMember(NamedTuple):
    """One line of an exported roster, and its cursor."""

    place: CursorKey
    username: str
    first_name: str
    last_name: str
