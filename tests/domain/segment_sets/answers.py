"""Answers to what commands on many segments ask, from segments in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.kernel.values import CodeKey, code_key
from domain.segment_sets.segment_filter import SegmentFilter
from domain.segments.state import Segment


class SegmentSetAnswers:
    """See domain.segment_sets.snapshot.SegmentSets. A search is a part of a name, in any case."""

    _segments: dict[str, Segment]
    _rosters: dict[str, set[str]]

    def segments_by_id(self, ids: Collection[str]) -> dict[str, Segment]:
        """See SegmentSets."""
        return {segment.id: segment for segment in self._segments_now() if segment.id in ids}

    def segments_by_code(self, keys: Collection[CodeKey]) -> dict[CodeKey, Segment]:
        """See SegmentSets."""
        owners = {code_key(s.code): s for s in self._segments_now() if s.code is not None}
        return {key: owners[key] for key in keys if key in owners}

    def segments_in(self, listed: SegmentFilter, most: int) -> Sequence[Segment]:
        """See SegmentSets."""
        found = (segment for segment in self._segments_now() if self._shows(listed, segment))
        return sorted(found, key=lambda segment: segment.id)[:most]

    def _segments_now(self) -> list[Segment]:
        return [segment for segment in self._segments.values() if not segment.deleted]

    def _shows(self, listed: SegmentFilter, segment: Segment) -> bool:
        key = None if segment.code is None else code_key(segment.code)
        members = self._rosters.get(segment.id, set())
        return (
            segment.status in listed.statuses
            and listed.visible in (None, segment.visible)
            and (listed.sources is None or segment.source in listed.sources)
            and (listed.code_keys is None or key in listed.code_keys)
            and listed.search.strip().casefold() in segment.name.casefold()
            and (listed.has_member is None or listed.has_member in members)
        )
