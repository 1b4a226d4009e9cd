"""Edits a segment: only the fields that are given, in one event with their values before and
after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.change import Change
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.permission import Permission
from domain.kernel.rejections import CommandRejected
from domain.kernel.values import Code, code_key
from domain.segments.code_ownership import CodeOwnership
from domain.segments.events import SegmentEdited
from domain.segments.fields import validate_fields
from domain.segments.rejections import code_taken
from domain.segments.segment_command import SegmentCommand, SegmentRef, reject_archived
from domain.segments.snapshot import SegmentSnapshot
from domain.segments.state import Segment
from domain.segments.tags import code_tag


@dataclass(frozen=True, slots=True)
class SegmentChanges:
    """The fields to change, valid in themselves: only those given are keys of `fields`."""

    fields: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> SegmentChanges:
        """Parses raw input: those of EDITABLE that are given.

        None clears or empties a field that is nullable; for the others it is INVALID.
        CommandRejected with every invalid field.
        """
        return cls(validate_fields(raw))


class UpdateSegment(SegmentCommand):
    """Records `segment.edited` when at least one given field differs from what is."""

    NAME = "updateUserSegment"
    PERMISSION = Permission.CHANGE_SEGMENTS

    def __init__(
        self, ref: SegmentRef, edit: SegmentChanges, expected_version: int | None = None
    ) -> None:
        self.edit = edit
        super().__init__(ref, expected_version)

    def reset(self) -> None:
        super().reset()
        wanted: Code | None = self.edit.fields.get("code")
        self._wanted = CodeOwnership(code_key(wanted)) if wanted else None

    def content(self) -> dict[str, Any]:
        return {**super().content(), "fields": dict(self.edit.fields)}

    def restore(self, snapshot: SegmentSnapshot) -> None:
        super().restore(snapshot)
        if self._wanted:
            self._wanted.owner = snapshot.code_owner(self._wanted.key)

    def consistency_boundary(self) -> Sequence[Selector]:
        boundary = list(super().consistency_boundary())
        if self._wanted:
            boundary.append(Selector(tags=[code_tag(self._wanted.key)]))
        return boundary

    def apply(self, event: Event) -> None:
        super().apply(event)
        if self._wanted:
            self._wanted.apply(event)

    def change(self, segment: Segment) -> Sequence[Proposed]:
        reject_archived(segment)
        self._refuse_taken(segment)
        return edit_of(segment, self.edit)

    def _refuse_taken(self, segment: Segment) -> None:
        if self._wanted and self._wanted.owner not in (None, segment.id):
            raise CommandRejected(code_taken(self.edit.fields["code"], self._wanted.owner))


def edit_of(segment: Segment, edit: SegmentChanges) -> list[Proposed]:
    """Returns the event that edits a segment; none when all fields are so already."""
    changes = {
        name: Change(before=before, after=after)
        for name, after in edit.fields.items()
        if after != (before := getattr(segment, name))
    }
    if not changes:
        return []
    version = segment.version + 1
    return [Proposed(SegmentEdited(segment_id=segment.id, version=version, **changes))]
