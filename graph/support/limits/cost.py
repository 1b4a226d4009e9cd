"""Cost of an operation, in points. It follows from what is sent, and is known before it runs.

It is GitHub's count of nodes over 100 (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api):
what the pages could hold, page within page, each at its full size; and a point for each field of
the operation's root. What takes the processor longer than a node counts as several; what is sent
counts for each 8 KiB of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from graph.support.limits.measure import Measure

MAX_DOCUMENT_BYTES = 100_000
"""Bytes of a document. So many are parsed in 30 milliseconds, whatever they say."""

NODES_A_POINT = 100
NODES_A_RENDERING = 10
"""A description as HTML takes as long as some ten nodes, when it is not remembered."""
INTROSPECTED_A_POINT = 100
"""Values of the schema. What tools ask for has 6,500, and takes 20 milliseconds."""
CHARACTERS_A_POINT = 50
"""Characters of a text that is not yet known to be valid: parsing and validation take up to 90
milliseconds, and 3 MB for a moment.
"""

SENT_A_POINT = 8_192
"""Bytes of an operation, as far as they are whole ones: a hundred names of users, or the codes of
a filter, which take as long as a page to look at."""

LARGE = 25
"""Points of an operation that takes memory: some MB for what it holds, until it is written."""
LARGE_AT_ONCE = 2
"""Such operations of one principal at once."""

MANY_INTROSPECTED = 500
"""Values of the schema, of which the event loop is held for some milliseconds."""


class Cost(NamedTuple):
    """The cost of one operation: `points`, and whether it holds the event loop for long."""

    points: int
    is_long: bool = False


NO_COST = Cost(0)

Costs = Mapping[str | None, Cost]
"""The cost of each operation of a document, by its name."""


def cost_of(operation: Measure, introspected: int = 0) -> Cost:
    """That of an operation with all its fragments, of which `introspected` values of the schema are
    asked.
    """
    nodes = operation.nodes + operation.renderings * NODES_A_RENDERING
    points = _over(nodes, NODES_A_POINT) + _over(introspected, INTROSPECTED_A_POINT)
    return Cost(operation.roots + points, introspected > MANY_INTROSPECTED)


def cost_of_text(text: str) -> int:
    """Points for parsing and checking a text that is not known; what is over the bound is not even
    parsed.
    """
    return _over(min(len(text), MAX_DOCUMENT_BYTES), CHARACTERS_A_POINT)


def cost_of_sending(size: int) -> int:
    """Points for `size` bytes of an operation, text and variables, with which something is done."""
    return size // SENT_A_POINT


def _over(amount: int, a_point: int) -> int:
    return -(-amount // a_point)
