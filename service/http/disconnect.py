"""Cancels work for which no client waits any more."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive

from graph.support.context import Context
from service.http.responses import error_response
from service.process.server import STOPPING

T = TypeVar("T")

GRACE = 2.0
"""Seconds that running reads have once the process is told to stop: most take 10 ms."""


class ClientDisconnected(Exception):
    """The client has disconnected: no answer reaches it."""


class ServerStopping(Exception):
    """The process is to stop, and waits for no read that takes long, and no body that stalls."""


def farewell(end: ClientDisconnected | ServerStopping) -> Response:
    """Returns the answer in place of the result. 499, for our own metrics, is nginx's status for a
    client that has disconnected.
    """
    if isinstance(end, ClientDisconnected):
        return Response(status_code=499)
    told = "The service is about to stop. Ask again."
    return error_response(503, "UNAVAILABLE", told, {"Connection": "close"})


async def awaited(request: Request, context: Context, work: Coroutine[Any, Any, T]) -> T:
    """Returns the result of `work`, which is cancelled, with the statements that it waits for, when
    the client goes away (ClientDisconnected) or, unless it has given a command, soon after the
    process is told to stop (ServerStopping). The body of the request must have been read.
    """
    answer = asyncio.create_task(work)
    left = asyncio.create_task(_left(request.receive))
    stopped = asyncio.create_task(_stopped(getattr(request.state, STOPPING), context))
    tasks = (answer, left, stopped)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise ClientDisconnected if left.done() else ServerStopping
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _stopped(stopping: asyncio.Event, context: Context) -> None:
    await stopping.wait()
    await asyncio.sleep(GRACE)
    if context.has_dispatched:
        await asyncio.Event().wait()
