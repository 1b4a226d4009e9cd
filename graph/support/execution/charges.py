"""Charging an operation to who asks for it, and telling them."""

from __future__ import annotations

import math
from typing import Any

from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode
from graph.support.execution.operation_cache import VALID
from graph.support.limits.cost import NOTHING, cost_of_sending, cost_of_text
from graph.support.limits.rate_limit import LeakyBuckets, Overflow


def charge_text(context: Context, text: str) -> None:
    """For parsing and checking it, unless it is known to be valid. QueryError LIMIT."""
    if VALID.get(text) is None:
        _charge(context, cost_of_text(text))


def charge_operation(context: Context, name: str | None, text: str) -> None:
    """For running the operation of that name in a text. QueryError LIMIT."""
    cost = context.costs.get(name, NOTHING)
    points = cost.points + cost_of_sending(len(text) + context.size)
    context.cost = cost._replace(points=points)
    _charge(context, context.cost.points)


def told_of(context: Context) -> dict[str, Any]:
    """What the answer says about it."""
    buckets = context.site.buckets
    told: dict[str, Any] = {"cost": context.cost.points}
    if not buckets.is_off:
        told["rateLimit"] = {
            "limit": buckets.burst,
            "remaining": buckets.remaining(context.principal.id),
            "perSecond": buckets.per_second,
        }
    return told


def _charge(context: Context, points: int) -> None:
    buckets = context.site.buckets
    try:
        buckets.take(context.principal.id, points)
    except Overflow as overflow:
        raise _too_much(buckets, math.ceil(overflow.retry_after)) from None


def _too_much(buckets: LeakyBuckets, seconds: int) -> QueryError:
    message = (
        f"Too much at once: at most {buckets.burst:,} points, and {buckets.per_second:,} a second."
        f" Try again in {seconds} s."
    )
    return QueryError(QueryErrorCode.LIMIT, message, status=429, retryAfter=seconds)
