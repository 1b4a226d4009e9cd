"""Backpressure: a large answer is over only when the client has taken it."""

from __future__ import annotations

from starlette.types import Message, Send

LARGE = 64 * 1024
"""Bytes of an answer, from which on the server waits for the client before it sends more."""


def taken(send: Send) -> Send:
    """Returns a `send` by which a large answer is only over when the client has taken it. A server
    takes a whole body at once, and keeps it in memory for as long as the client likes: the sender
    knows only when it sends more.
    """

    async def send_in_two(message: Message) -> None:
        if len(message.get("body", b"")) > LARGE and not message.get("more_body"):
            await send({**message, "more_body": True})
            message = {"type": "http.response.body", "body": b""}
        await send(message)

    return send_in_two
