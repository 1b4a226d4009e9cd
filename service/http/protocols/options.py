"""Options of uvicorn for HTTP and WebSocket."""

from __future__ import annotations

from typing import Any

from service.http.middleware.bodies import MAX_JSON_BYTES
from service.http.protocols.http import BoundedHttp
from service.http.protocols.small_reads import InPieces
from service.http.protocols.websocket import BoundedWebSocket

KEEP_ALIVE_SECONDS = 75
"""Seconds for which a connection waits for another request. Longer than clients and proxies keep
theirs (mostly 60 s at most): if both ended at once, a request would be sent into a closed
connection.
"""


def http_in_pieces(**given: Any) -> InPieces:
    """Makes the protocol of a connection."""
    return InPieces(BoundedHttp(**given))


OPTIONS: dict[str, Any] = {
    "http": http_in_pieces,
    "ws": BoundedWebSocket,
    "timeout_keep_alive": KEEP_ALIVE_SECONDS,
    "ws_max_size": MAX_JSON_BYTES,
    "ws_per_message_deflate": False,  # messages are small, and would be compressed for each anew
    "ws_ping_interval": 10.0,
    "ws_ping_timeout": 20.0,  # a client that takes nothing for so long gets a close frame: 1011
}
