"""Health checks: whether the process lives, and whether it is ready for requests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from starlette.requests import Request
from starlette.responses import Response

from graph.support.site import Site
from service.database.disk_space import DiskSpace, is_disk_full
from service.database.migrations import DatabaseTooNew
from service.database.open_database import is_up_to_date
from service.http.responses import Json

MAX_LAG_S = 2.0
"""Seconds in which the read model must reach the log's present head."""
GOOD_FOR = 1.0
"""Seconds for which an answer is valid: anybody may ask, and the check takes two connections."""
ROOM_FOR = 10.0
"""Seconds for which the disk is believed to have room, when it had: the check uses some."""


async def live(_: Request) -> Response:
    """Answers 200 as long as the process answers at all."""
    return Json({"status": "live"})


async def ready(request: Request) -> Response:
    """Answers 200 when the database answers, is migrated, has room, and the read model follows;
    else 503 with the reason.
    """
    site: Site = request.state.site
    readiness: Readiness = request.state.readiness
    reason = await readiness.reason_not_to_be()
    if reason is not None:
        return Json({"status": "not ready", "reason": reason}, status_code=503)
    return Json({"status": "ready", "position": site.live.position.value})


class Readiness:
    """Checks once for all requests in the same second."""

    def __init__(
        self,
        site: Site,
        database_url: str,
        disk_space: DiskSpace,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._site = site
        self._database_url = database_url
        self._disk_space = disk_space
        self._clock = clock
        self._found_at = float("-inf")
        self._reason: str | None = None
        self._had_room_at = float("-inf")
        self._finding = asyncio.Lock()

    async def reason_not_to_be(self) -> str | None:
        """Returns the reason for which it is not ready; None when it is."""
        async with self._finding:
            if self._clock() - self._found_at >= GOOD_FOR:
                self._reason = await self._found()
                self._found_at = self._clock()
            return self._reason

    async def _found(self) -> str | None:
        try:
            head = await self._site.reads.audit.head()
            await self._site.reads.audit.progress()  # another server may answer the reads
            is_migrated = await asyncio.to_thread(is_up_to_date, self._database_url)
            is_full = await self._is_full()
        except DatabaseTooNew as newer:
            return str(newer)
        except Exception as failure:  # noqa: BLE001 - whichever way the database fails to answer
            return f"the database does not answer ({type(failure).__name__})"
        if not is_migrated:
            return "the database needs `segments migrate`"
        if is_full or self._disk_space.is_missing():
            return "the database's disk is full"
        if not await self._site.live.position.wait_or_timeout(head, MAX_LAG_S):
            return f"the read model is at {self._site.live.position.value} of {head}"
        return None

    async def _is_full(self) -> bool:
        """Whether the disk is full, whoever filled it, and though this process recorded nothing."""
        if self._clock() - self._had_room_at < ROOM_FOR:
            return False
        is_full = await asyncio.to_thread(is_disk_full, self._database_url)
        if not is_full:
            self._had_room_at = self._clock()
        return is_full
