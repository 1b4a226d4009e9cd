"""Answers that are on their way until they were taken."""

from __future__ import annotations

from starlette.types import Message, Send

LARGE = 64 * 1024
"""Bytes of an answer, from which on the server waits for the peer before it says more."""


def taken(send: Send) -> Send:
    """The same, but a large answer is only over when the peer has taken it. A server takes what it
    is given to the last byte at once, and remembers it for as long as the peer likes: who sends
    knows only when they say more.
    """

    async def send_in_two(message: Message) -> None:
        if len(message.get("body", b"")) > LARGE and not message.get("more_body"):
            await send({**message, "more_body": True})
            message = {"type": "http.response.body", "body": b""}
        await send(message)

    return send_in_two
