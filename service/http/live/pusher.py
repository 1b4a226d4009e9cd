"""Pushing what a subscription tells, to one subscriber who takes it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from graphql import GraphQLError

from graph.support.context import Context
from graph.support.execution.subscription import Subscription
from service.telemetry.metrics import DROPPED, PUSHED

MAX_BATCH_S = 15.0
"""Seconds in which a subscriber takes a batch (of 50 at most): whoever is slower is dropped. Less
than it takes until nobody seems to be there (server.py), so that they can still be told."""

Push = Callable[[str], Awaitable[None]]


class TooSlow(Exception):
    """Told to a subscriber who is dropped for it."""

    def __init__(self) -> None:
        super().__init__("Too slow: subscribe again after the last position that you saw.")


async def follow(subscription: Subscription, context: Context, push: Push) -> list[GraphQLError]:
    """Pushes until it ends; what it ended with. TooSlow when the subscriber does not keep up.

    A push that waits keeps nobody else waiting: each subscriber takes at a pace of their own.
    """
    try:
        async for payloads in subscription.payloads(context.site.live.payloads):
            async with asyncio.timeout(MAX_BATCH_S):
                for payload in payloads:
                    await push(payload)
            PUSHED.inc(len(payloads))
    except GraphQLError as ended:
        return [ended]
    except TimeoutError:
        DROPPED.inc()
        raise TooSlow from None
    return []
