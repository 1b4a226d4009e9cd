"""How uvicorn speaks WebSocket."""

from __future__ import annotations

from typing import Any

from service.http.requests import LARGEST_BODY

SOCKETS: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_max_size": LARGEST_BODY,
    "ws_per_message_deflate": False,  # what is pushed is small, and compressed for each anew
    "ws_ping_interval": 10.0,
    "ws_ping_timeout": 20.0,  # whoever takes nothing for so long is told by a close frame: 1011
}
