"""Pushes the results of a subscription to one subscriber."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from graphql import GraphQLError

from graph.support.context import Context
from graph.support.execution.subscription import Subscription
from service.telemetry.metrics import DROPPED, PUSHED

MAX_BATCH_S = 15.0
"""Seconds in which a subscriber takes a batch (of 50 at most): a slower one is dropped. Less than
the time after which a connection counts as dead (server.py), so that the client can still be told.
"""

Push = Callable[[str], Awaitable[None]]


class TooSlow(Exception):
    """The error for a subscriber that is dropped for being slow."""

    def __init__(self) -> None:
        super().__init__("Too slow: subscribe again after the last position that you saw.")


async def follow(subscription: Subscription, context: Context, push: Push) -> list[GraphQLError]:
    """Pushes until the subscription ends; returns its errors. TooSlow when the subscriber does not
    keep up.

    A push that waits keeps no other subscriber waiting: each takes results at its own pace.
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
