"""Edits a segment: only the fields that are given, in one event with their values before and
after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from eventsourcing.dcb.domain import Selector

from domain.kernel.change import Change
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.input_validation import InputValidation
from domain.kernel.permission import Permission
from domain.kernel.rejections import CommandRejected, InvalidValue
from domain.kernel.values import Code, code_key, parse_code
from domain.segments.code_ownership import CodeOwnership
from domain.segments.events import SegmentEdited
from domain.segments.rejections import code_taken
from domain.segments.segment_command import SegmentCommand, SegmentRef, reject_archived
from domain.segments.snapshot import SegmentSnapshot
from domain.segments.state import Segment
from domain.segments.tags import code_tag
from domain.segments.values import Name, parse_description, parse_name

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SegmentChanges:
    """The fields to change, valid in themselves: only those given are keys of `fields`."""

    fields: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> SegmentChanges:
        """Parses raw input: name, code, description, visible, each only when given.

        `code: None` clears, `description: None` empties; None for the others is INVALID.
        CommandRejected with every invalid field.
        """
        validation = InputValidation()
        fields: dict[str, Any] = {}
        for name in ("name", "visible"):
            if name in raw and raw[name] is None:
                validation.refuse(InvalidValue(path=(name,), message="Must not be null."))
        if raw.get("name") is not None:
            fields["name"] = validation.read(("name",), parse_name, raw["name"], Name(""))
        if "code" in raw:
            fields["code"] = validation.read(("code",), parse_code, raw["code"] or "", None)
        if "description" in raw:
            text = raw["description"] or ""
            fields["description"] = validation.read(("description",), parse_description, text, "")
        if raw.get("visible") is not None:
            fields["visible"] = raw["visible"]
        validation.close()
        return cls(fields)


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
        edited = SegmentEdited(
            segment_id=segment.id,
            version=segment.version + 1,
            name=self._change("name", segment.name),
            code=self._change("code", segment.code),
            description=self._change("description", segment.description),
            visible=self._change("visible", segment.visible),
        )
        return [Proposed(edited)] if edited.changes else []

    def _refuse_taken(self, segment: Segment) -> None:
        if self._wanted and self._wanted.owner not in (None, segment.id):
            raise CommandRejected(code_taken(self.edit.fields["code"], self._wanted.owner))

    def _change(self, name: str, before: T) -> Change[T] | None:
        after: T = self.edit.fields.get(name, before)
        return Change(before=before, after=after) if after != before else None
