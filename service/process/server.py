"""One process that serves: uvicorn's server, but for the way in which it stops.

    SIGTERM, SIGINT ─► nobody new ─► followers are told ─► requests are answered ─► the site closes
                                                                  │
                          after CLOSE_TIMEOUT_S, or a second SIGINT: connections are cut

Whichever way, what the site has taken is finished: commands, then the projector's batch.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from types import FrameType

import uvicorn
from uvicorn.config import STARTUP_FAILURE

CLOSE_TIMEOUT_S = 20
"""Seconds that open requests have to finish after SIGTERM."""
CUT_TIMEOUT_S = 1.0
"""Seconds in which handlers whose connection was cut notice it; then they are cancelled."""
LOOK = 0.05
"""Seconds between two checks of the connections that are left."""

STOPPING = "stopping"
"""The key of the application's state for an event that is set once the process stops. A handler
that would go on for as long as the peer likes ends then.
"""

log = logging.getLogger("uvicorn.error")


def run(config: uvicorn.Config) -> None:
    """Serves until told to stop. SystemExit 1 when it cannot start; the log tells why."""
    server = Server(config)
    try:
        with suppress(KeyboardInterrupt):  # raised again by uvicorn once it has stopped
            server.run()
    except SystemExit as end:
        raise SystemExit(1 if end.code == STARTUP_FAILURE else end.code) from None


class Server(uvicorn.Server):
    """Serves one application, whose state has an event STOPPING for handlers that have to know."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stops it in good order at the first signal, at once at a second SIGINT. Only the first is
        raised again afterwards, for the process that started the server.
        """
        super().handle_exit(sig, frame)
        del self._captured_signals[1:]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Called once, by uvicorn, when it is to stop."""
        log.info("Shutting down")
        for server in self.servers:
            server.close()
        for listening in sockets or []:
            listening.close()
        stopping: asyncio.Event | None = self.lifespan.state.get(STOPPING)
        if stopping is not None:
            stopping.set()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if not await self._are_gone_within(CLOSE_TIMEOUT_S):
            await self._cut()
        await self.lifespan.shutdown()

    async def _are_gone_within(self, seconds: float) -> bool:
        """Whether all are answered by then; False as soon as a second SIGINT comes."""
        end = asyncio.get_running_loop().time() + seconds
        while self.server_state.connections or self.server_state.tasks:
            if self.force_exit or asyncio.get_running_loop().time() > end:
                return False
            await asyncio.sleep(LOOK)
        return True

    async def _cut(self) -> None:
        """Ends the requests that are left. Handlers that listen to the connection end by
        themselves.
        """
        tasks = list(self.server_state.tasks)
        log.warning("requests not answered to their end: %d", len(tasks))
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if tasks:
            _, unaware = await asyncio.wait(tasks, timeout=CUT_TIMEOUT_S)
            for task in unaware:
                task.cancel()
            await asyncio.gather(*unaware, return_exceptions=True)
