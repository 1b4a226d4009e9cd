"""Whether the process lives, and whether it is fit to be asked."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from graph.support.context import Site
from service.database.migrations import DatabaseTooNew
from service.database.opened import is_up_to_date
from service.http.answers import Json

LONGEST_LAG = 2.0
"""Seconds in which the read model must reach where the log is now."""


async def live(_: Request) -> Response:
    """200 as long as the process answers at all."""
    return Json({"status": "live"})


async def ready(request: Request) -> Response:
    """200 when the database answers, is migrated, and the read model follows; else 503: why not."""
    site: Site = request.state.site
    reason = await _reason_not_to_be(site, request.state.database_url)
    if reason is not None:
        return Json({"status": "not ready", "reason": reason}, status_code=503)
    return Json({"status": "ready", "position": site.position.value})


async def _reason_not_to_be(site: Site, database_url: str) -> str | None:
    try:
        head = await site.audit.head()
        is_migrated = await asyncio.to_thread(is_up_to_date, database_url)
    except DatabaseTooNew as newer:
        return str(newer)
    except Exception as failure:  # noqa: BLE001 - whichever way the database fails to answer
        return f"the database does not answer ({type(failure).__name__})"
    if not is_migrated:
        return "the database needs `segments migrate`"
    reached = await site.position.reached_or_late(head, LONGEST_LAG)
    return None if reached else f"the read model is at {site.position.value} of {head}"
