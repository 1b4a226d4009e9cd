"""Snapshots of the whole site, for commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from domain.log import EventMapper
from domain.snapshot import Snapshot
from projections.engine.snapshot import Pool, snapshot
from projections.snapshot.people import SqlPeopleSnapshot
from projections.snapshot.people_history import SqlPeopleHistory
from projections.snapshot.rosters import SqlRosterSnapshot
from projections.snapshot.segment_history import SqlSegmentHistory
from projections.snapshot.segment_sets import SqlSegmentSets
from projections.snapshot.segments import SqlSegmentSnapshot
from projections.snapshot.undo import SqlUndoSnapshot
from projections.snapshot.uploads import SqlUploadSnapshot
from projections.version import VERSION


class SiteSnapshot(
    SqlSegmentSnapshot,
    SqlSegmentSets,
    SqlPeopleSnapshot,
    SqlRosterSnapshot,
    SqlUploadSnapshot,
    SqlSegmentHistory,
    SqlPeopleHistory,
    SqlUndoSnapshot,
):
    """See domain.snapshot.Snapshot."""

    @property
    def is_of_this_release(self) -> bool:
        """See Snapshot."""
        [(version,)] = self._rows("SELECT version FROM progress", [])
        return bool(version == VERSION)


class SiteSnapshots:
    """See domain.snapshot.Snapshots. Safe to share between threads."""

    def __init__(self, pool: Pool, mapper: EventMapper) -> None:
        self._pool = pool
        self._mapper = mapper

    @contextmanager
    def open(self, at_least: int = 0) -> Iterator[Snapshot]:
        """See Snapshots."""
        with snapshot(self._pool, at_least) as (position, cursor):
            yield SiteSnapshot(position, cursor, self._mapper)
