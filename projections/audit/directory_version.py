"""The directory's version in the read model, for caches of what depends on it."""

from __future__ import annotations

import asyncio

import structlog

from domain.people.events import PEOPLE_EVENTS
from projections.audit.reads import AuditReads
from projections.engine.position import ReadModelPosition
from projections.engine.projector import SLOW_POLL
from projections.engine.promise import operation
from projections.sql.database import for_all

MIN_PAUSE_S = 0.25
"""Seconds between two notifications of those who wait: the first change is told at once, several
within them as one. A thousand who look again take 30 ms.
"""

_TOPICS = [event.TOPIC for event in PEOPLE_EVENTS]
_logger = structlog.get_logger("directory")


class DirectoryVersion:
    """The position of the last event about people. One for a process: each time that the read model
    has moved it is read once, for all callers, and as long as the read model moved for other
    reasons (mostly) what they cached is valid.
    """

    def __init__(self, audit: AuditReads, position: ReadModelPosition) -> None:
        self._audit = audit
        self._position = position
        self._looking: asyncio.Task[None] | None = None
        self._looked_at = -1
        self._version = 0
        self._told = 0
        self._changed = asyncio.Event()

    async def current(self) -> int:
        """Returns the version as of the read model's position, or later. psycopg.OperationalError
        when the database does not answer, ReadModelBehind when a replica lags.
        """
        while self._looked_at != self._position.value:  # it may have gone back
            if self._looking is None or self._looking.done():
                self._looking = asyncio.create_task(self._look())
            await asyncio.shield(self._looking)  # others wait for it, too
        return self._version

    async def wait_past(self, version: int) -> None:
        """Returns once the directory has changed since a version, within moments, however long that
        takes.
        """
        while self._told <= version:
            await self._changed.wait()

    async def run(self) -> None:
        """Notifies those who wait, until cancelled."""
        while True:
            try:
                self._tell(await self.current())
                await asyncio.sleep(MIN_PAUSE_S)
                await self._position.wait_past(self._looked_at)
            except Exception as failure:  # noqa: BLE001 - who waits must be told, whatever it was
                _logger.warning("the directory's version is unknown", error=repr(failure))
                await asyncio.sleep(SLOW_POLL)

    async def _look(self) -> None:
        with operation(), for_all():
            position = self._position.seen()  # first: the read model may move on meanwhile
            self._version = await self._audit.last_of(_TOPICS)
        self._looked_at = position

    def _tell(self, version: int) -> None:
        if version != self._told:
            self._told = version
            changed, self._changed = self._changed, asyncio.Event()
            changed.set()
