"""What an operation costs, in points. It follows from its text alone, and is known before it runs.

GitHub's count of nodes over 100 (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api):
what the pages could hold, page within page, each at its full size; and a point for each field of
the operation's root. What takes the processor longer than a node counts as several.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.support.measure import Measure

NODES_A_POINT = 100
NODES_A_RENDERING = 10
"""A description as HTML takes as long as some ten nodes, when it is not remembered."""
INTROSPECTED_A_POINT = 500
"""Values of the schema. What tools ask for has 7,000, and takes 20 milliseconds."""
CHARACTERS_A_POINT = 100
"""Of a text that is not known to be valid yet: the longest take 90 milliseconds to find out."""

Costs = Mapping[str | None, int]
"""Of each operation of a document, by its name."""


def cost_of(operation: Measure, introspected: int = 0) -> int:
    """Points of an operation with all its fragments, of which `introspected` values of the schema
    are asked.
    """
    nodes = operation.nodes + operation.renderings * NODES_A_RENDERING
    return operation.roots + _over(nodes, NODES_A_POINT) + _over(introspected, INTROSPECTED_A_POINT)


def cost_of_text(text: str) -> int:
    """Points for parsing and checking a text that is not known."""
    return _over(len(text), CHARACTERS_A_POINT)


def _over(amount: int, a_point: int) -> int:
    return -(-amount // a_point)
