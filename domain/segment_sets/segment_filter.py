"""The filter of the list of segments, as the set that a command is about."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from domain.kernel.event import Event
from domain.kernel.text import InvalidText
from domain.kernel.values import CodeKey, lookup_code
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from domain.segments.values import SegmentSource, SegmentStatus

ACTIVE = frozenset({SegmentStatus.ACTIVE})


@dataclass(frozen=True, kw_only=True)
class SegmentFilter:
    """The segments that the list shows under it. None in a field: it does not matter. `codes` are
    as typed; their keys are computed in the command's thread. `search` is as typed, too.
    """

    search: str = ""
    statuses: AbstractSet[SegmentStatus] = ACTIVE
    visible: bool | None = None
    sources: AbstractSet[SegmentSource] | None = None
    codes: tuple[str, ...] | None = None
    has_member: str | None = None
    """The id of a user."""

    @cached_property
    def code_keys(self) -> frozenset[CodeKey] | None:
        """The keys of the codes; one that is spelled as no code can be keeps nothing."""
        return None if self.codes is None else frozenset(_keys(self.codes))

    def content(self) -> dict[str, Any]:
        """Returns the filter as JSON, for the request hash."""
        return {
            "search": self.search,
            "status": sorted(self.statuses),
            "visible": self.visible,
            "source": None if self.sources is None else sorted(self.sources),
            "codes": self.codes,
            "hasMember": self.has_member,
        }

    def may_admit(self, event: Event) -> bool:
        """Whether an event about a segment that the list did not show may bring it there. True
        whenever only the read model can tell.
        """
        match event:
            case SegmentCreated():
                return self._may_show(event, SegmentStatus.ACTIVE)
            case SegmentReinstated():
                return self._may_show(event, event.status)
            case SegmentArchived():
                return SegmentStatus.ARCHIVED in self.statuses
            case SegmentRestored():
                return SegmentStatus.ACTIVE in self.statuses
            case SegmentEdited():
                return self._may_turn(event)
            case _:
                return False

    def moves_member(self, event: Event) -> bool:
        """Whether an event about members is about the user whose segments the list shows."""
        return self.has_member in getattr(event, "user_ids", ())

    def _may_show(self, segment: SegmentCreated | SegmentReinstated, status: SegmentStatus) -> bool:
        return (
            status in self.statuses
            and self.visible in (None, segment.visible)
            and (self.sources is None or segment.source in self.sources)
            and self.has_member is None  # it has no members yet
        )

    def _may_turn(self, edit: SegmentEdited) -> bool:
        """Whether an edit changes anything that the filter looks at."""
        if edit.visible is not None and edit.visible.after == self.visible:
            return True
        if edit.code is not None and self.codes is not None:
            return True
        changed = (edit.name, edit.code, edit.description)
        return bool(self.search.strip()) and any(change is not None for change in changed)


def _keys(codes: tuple[str, ...]) -> set[CodeKey]:
    keys = set()
    for code in codes:
        try:
            keys.add(lookup_code(code))
        except InvalidText:
            continue
    return keys
