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

    def segments_in(self, wanted: SegmentFilter, most: int) -> Sequence[Segment]:
        """See SegmentSets."""
        found = (segment for segment in self._segments_now() if self._shows(wanted, segment))
        return sorted(found, key=lambda segment: segment.id)[:most]

    def _segments_now(self) -> list[Segment]:
        return [segment for segment in self._segments.values() if not segment.deleted]

    def _shows(self, wanted: SegmentFilter, segment: Segment) -> bool:
        key = None if segment.code is None else code_key(segment.code)
        members = self._rosters.get(segment.id, set())
        return (
            segment.status in wanted.statuses
            and wanted.visible in (None, segment.visible)
            and (wanted.sources is None or segment.source in wanted.sources)
            and (wanted.code_keys is None or key in wanted.code_keys)
            and wanted.search.strip().casefold() in segment.name.casefold()
            and (wanted.has_member is None or wanted.has_member in members)
        )
