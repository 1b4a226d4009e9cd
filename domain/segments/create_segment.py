"""Creates a segment: its code, if it has one, must be free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.boundary_command import BoundaryCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.permission import Permission
from domain.kernel.rejections import CommandRejected
from domain.kernel.values import code_key
from domain.segments.code_ownership import CodeOwnership
from domain.segments.events import SegmentCreated
from domain.segments.fields import FIELDS, SegmentFields, validate_fields, values_of
from domain.segments.rejections import code_taken
from domain.segments.snapshot import SegmentSnapshot
from domain.segments.tags import code_tag
from domain.segments.values import SegmentSource


@dataclass(frozen=True, slots=True)
class NewSegment(SegmentFields):
    """A new segment, valid in itself."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> NewSegment:
        """Parses raw input; a field that is not given, or null, is blank, unless one is required.

        CommandRejected with every invalid field.
        """
        blank = {name: field.blank for name, field in FIELDS.items()}
        given = {
            name: value
            for name, value in raw.items()
            if value is not None or name not in FIELDS or FIELDS[name].required
        }
        return cls(**validate_fields(blank | given))


class CreateSegment(BoundaryCommand[SegmentSnapshot]):
    """Records `segment.created`, unless another segment holds the code."""

    NAME = "createUserSegment"
    PERMISSION = Permission.CHANGE_SEGMENTS

    def __init__(self, segment_id: SegmentId, draft: NewSegment) -> None:
        self.segment_id = segment_id
        self.draft = draft
        self.reset()

    def reset(self) -> None:
        self._register = CodeOwnership(code_key(self.draft.code or ""))

    def content(self) -> dict[str, Any]:
        return values_of(self.draft)

    def consistency_boundary(self) -> Sequence[Selector]:
        return [Selector(tags=[code_tag(self._register.key)])] if self.draft.code else []

    def restore(self, snapshot: SegmentSnapshot) -> None:
        self.reset()
        if self.draft.code:
            self._register.owner = snapshot.code_owner(self._register.key)

    def skip_initial_read(self) -> bool:
        return True

    def apply(self, event: Event) -> None:
        self._register.apply(event)

    def decide(self) -> Sequence[Proposed]:
        draft = self.draft
        if draft.code and self._register.owner:
            raise CommandRejected(code_taken(draft.code, self._register.owner))
        created = SegmentCreated(
            segment_id=self.segment_id,
            version=1,
            source=SegmentSource.MANUAL,
            **values_of(draft),
        )
        return [Proposed(created)]
