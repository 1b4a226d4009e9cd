"""`/metrics`: for clients with its token; without one for the machine itself."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import ipaddress
from collections.abc import Awaitable, Callable

from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import Response

from graph.support.site import Site
from service.http.responses import error_response
from service.telemetry.metrics import HEAD, READ_MODEL, exposition

QUERY_TIMEOUT_S = 1.0
"""Seconds in which the database has to return the log's head; else the last known value is kept."""


def metrics_for(token: SecretStr | None) -> Callable[[Request], Awaitable[Response]]:
    """Returns the endpoint: with a token for clients that have it, also on this machine, where a
    proxy may ask for others; without one on loopback only.
    """

    async def metrics(request: Request) -> Response:
        if not (_is_local(request) if token is None else _has_token(request, token)):
            challenge = {"WWW-Authenticate": "Bearer"}
            return error_response(401, "UNAUTHENTICATED", "The metrics token is needed.", challenge)
        await _look(request.state.site)
        return Response(exposition(), media_type=CONTENT_TYPE_LATEST)

    return metrics


async def _look(site: Site) -> None:
    with contextlib.suppress(Exception):  # without a database there are the other metrics still
        HEAD.set(await asyncio.wait_for(site.reads.audit.head(), QUERY_TIMEOUT_S))
    READ_MODEL.set(site.live.position.value)


def _is_local(request: Request) -> bool:
    """Whether the request is from this machine, and not by a proxy on it for another one."""
    if request.client is None or "forwarded" in request.headers:
        return False
    if "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _has_token(request: Request, token: SecretStr) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(
        given.strip().encode(), token.get_secret_value().encode()
    )
