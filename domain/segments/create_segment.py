"""Creates a segment: its code, if it has one, must be free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.boundary_command import BoundaryCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.input_validation import InputValidation
from domain.kernel.permission import Permission
from domain.kernel.rejections import CommandRejected, InvalidValue
from domain.kernel.values import Code, code_key, parse_code
from domain.segments.code_ownership import CodeOwnership
from domain.segments.events import SegmentCreated
from domain.segments.rejections import code_taken
from domain.segments.snapshot import SegmentSnapshot
from domain.segments.tags import code_tag
from domain.segments.values import (
    Description,
    Name,
    SegmentSource,
    parse_description,
    parse_name,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSegment:
    """A new segment, valid in itself."""

    name: Name
    code: Code | None
    description: Description
    visible: bool

    @classmethod
    def of(
        cls, name: str, code: str | None, description: str | None, visible: bool | None
    ) -> NewSegment:
        """Parses raw input. CommandRejected with every invalid field."""
        validation = InputValidation()
        draft = cls(
            name=validation.read(("name",), parse_name, name, Name("")),
            code=validation.read(("code",), parse_code, code or "", None),
            description=validation.read(
                ("description",), parse_description, description or "", Description("")
            ),
            visible=bool(visible),
        )
        if visible is None:
            validation.refuse(InvalidValue(path=("visible",), message="Must not be null."))
        validation.close()
        return draft


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
        draft = self.draft
        return {
            "name": draft.name,
            "code": draft.code,
            "description": draft.description,
            "visible": draft.visible,
        }

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
            name=draft.name,
            code=draft.code,
            description=draft.description,
            visible=draft.visible,
            source=SegmentSource.MANUAL,
        )
        return [Proposed(created)]
