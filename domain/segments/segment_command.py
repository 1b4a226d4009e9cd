"""Base of the commands on one existing segment: finds it, and checks it before any change."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.boundary_command import BoundaryCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.rejections import CommandRejected
from domain.kernel.values import CodeKey
from domain.segments.code_ownership import CodeOwnership
from domain.segments.rejections import archived, no_such_segment, version_conflict
from domain.segments.snapshot import SegmentSnapshot
from domain.segments.state import Segment, evolve, segment_of
from domain.segments.tags import code_tag, segment_tag
from domain.segments.values import SegmentStatus


@dataclass(frozen=True, slots=True)
class SegmentRef:
    """A reference to one segment: exactly one of the two is given."""

    id: SegmentId | None = None
    code: CodeKey | None = None

    def content(self) -> dict[str, str]:
        """Returns the reference as JSON, for the request hash."""
        return {"id": self.id} if self.id is not None else {"code": self.code or ""}


class SegmentCommand(BoundaryCommand[SegmentSnapshot]):
    """A change to the segment that `ref` names.

    For a code, the boundary is first the events of that code; the owner's events join it once the
    owner is known, so that the whole is decided on one state of the log.
    """

    def __init__(self, ref: SegmentRef, expected_version: int | None = None) -> None:
        self.ref = ref
        self.expected_version = expected_version
        self.reset()

    def reset(self) -> None:
        self._named = CodeOwnership(self.ref.code) if self.ref.code is not None else None
        self._story: dict[str, Segment] = {}

    def content(self) -> dict[str, Any]:
        return {"segment": self.ref.content(), "expectedVersion": self.expected_version}

    def restore(self, snapshot: SegmentSnapshot) -> None:
        named = {self.segment_id}
        self.reset()
        if self._named:
            self._named.owner = snapshot.code_owner(self._named.key)
            named.add(self._named.owner)
        found = (snapshot.segment(segment_id) for segment_id in named if segment_id)
        self._story = {segment.id: segment for segment in found if segment is not None}

    def consistency_boundary(self) -> Sequence[Selector]:
        tags = [code_tag(self._named.key)] if self._named else []
        target = self.segment_id
        if target is not None:
            tags.append(segment_tag(target))
        return [Selector(tags=[tag]) for tag in tags]

    def apply(self, event: Event) -> None:
        if self._named:
            self._named.apply(event)
        key = segment_of(event)
        after = evolve(self._story.get(key), event)
        if after is not None:
            self._story[key] = after

    def decide(self) -> Sequence[Proposed]:
        segment = self._story.get(self.segment_id or "")
        if segment is None or segment.deleted:
            raise CommandRejected(no_such_segment("id" if self.ref.id is not None else "code"))
        if self.expected_version not in (None, segment.version):
            raise CommandRejected(version_conflict(segment, self.expected_version or 0))
        return self.change(segment)

    @abstractmethod
    def change(self, segment: Segment) -> Sequence[Proposed]:
        """Returns the events of the change, for a segment that exists at the expected version."""

    @property
    def segment_id(self) -> SegmentId | None:
        """The id of the segment that `ref` names, as far as the events folded so far tell."""
        return self.ref.id if self._named is None else self._named.owner


def reject_archived(segment: Segment) -> None:
    """CommandRejected when the segment takes no changes."""
    if segment.status is SegmentStatus.ARCHIVED:
        raise CommandRejected(archived(segment))
