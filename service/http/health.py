"""Whether the process lives, and whether it is fit to be asked."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from graph.support.context import Site
from service.http.answers import Json
from service.telemetry.metrics import HEAD, READ_MODEL

LONGEST_LAG = 2.0
"""Seconds in which the read model must reach where the log is now."""


async def live(_: Request) -> Response:
    """200 as long as the process answers at all."""
    return Json({"status": "live"})


async def ready(request: Request) -> Response:
    """200 when the database answers and the read model follows; else 503 with the reason."""
    site: Site = request.state.site
    reason = await _reason_not_to_be(site)
    if reason is not None:
        return Json({"status": "not ready", "reason": reason}, status_code=503)
    return Json({"status": "ready", "position": site.position.value})


async def _reason_not_to_be(site: Site) -> str | None:
    try:
        head = await site.audit.head()
    except Exception as failure:  # noqa: BLE001 - whichever way the database fails to answer
        return f"the database does not answer ({type(failure).__name__})"
    HEAD.set(head)
    reached = await site.position.reached_or_late(head, LONGEST_LAG)
    READ_MODEL.set(site.position.value)
    return None if reached else f"the read model is at {site.position.value} of {head}"
