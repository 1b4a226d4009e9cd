"""The site's read model: which slices it is made of, in the order in which they fold a fact.

A new slice adds its line to SQL_PACKAGES and to `site_folds`; a change of any slice's tables or
fold raises VERSION, and the read model is built anew from the log.
"""

from __future__ import annotations

from collections.abc import Sequence

from projections.audit.fold import RecordedEventsFold
from projections.engine.fold import Fold
from projections.segments.fold import SegmentsFold

VERSION = 1

SQL_PACKAGES = (
    "projections.engine",
    "projections.segments",
    "projections.audit",
)


def site_folds() -> Sequence[Fold]:
    """Fresh folds for one batch. Segments come first: others refer to segments by number."""
    segments = SegmentsFold()
    return (segments, RecordedEventsFold(segments))
