"""Charges an operation to the principal's rate limit, and reports its cost."""

from __future__ import annotations

import math
from typing import Any

from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode
from graph.support.execution.operation_cache import VALID_DOCUMENTS
from graph.support.limits.cost import NO_COST, cost_of_sending, cost_of_text
from graph.support.limits.rate_limit import LeakyBuckets, RateLimitExceeded


def charge_text(context: Context, text: str) -> None:
    """Charges for parsing and validation, unless a text is known to be valid. QueryError LIMIT."""
    if VALID_DOCUMENTS.get(text) is None:
        _charge(context, cost_of_text(text))


def charge_operation(context: Context, name: str | None, text: str) -> None:
    """Charges for running the operation of that name in a text. QueryError LIMIT."""
    cost = context.costs.get(name, NO_COST)
    points = cost.points + cost_of_sending(len(text) + context.size)
    context.cost = cost._replace(points=points)
    _charge(context, context.cost.points)


def response_extensions(context: Context) -> dict[str, Any]:
    """The `extensions` of a response: the position of what was read, the operation's cost, and the
    rate limit if there is one.
    """
    buckets = context.site.limits.buckets
    extensions: dict[str, Any] = {"position": context.position, "cost": context.cost.points}
    if not buckets.is_off:
        extensions["rateLimit"] = {
            "limit": buckets.burst,
            "remaining": buckets.remaining(context.principal.id),
            "perSecond": buckets.per_second,
        }
    return extensions


def _charge(context: Context, points: int) -> None:
    buckets = context.site.limits.buckets
    try:
        buckets.take(context.principal.id, points)
    except RateLimitExceeded as exceeded:
        raise _rate_limited(buckets, math.ceil(exceeded.retry_after)) from None


def _rate_limited(buckets: LeakyBuckets, seconds: int) -> QueryError:
    message = (
        f"Too much at once: at most {buckets.burst:,} points, and {buckets.per_second:,} a second."
        f" Try again in {seconds} s."
    )
    return QueryError(QueryErrorCode.LIMIT, message, status=429, retryAfter=seconds)
