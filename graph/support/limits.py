"""How much one operation may ask for, checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
)
from strawberry.extensions import SchemaExtension

from graph.support.errors import QueryError, QueryErrorCode
from graph.support.pagination import DEFAULT_SIZE, LARGEST_SIZE

DEEPEST = 15
"""Fields inside fields. The deepest of the contract's own uses is 9."""
MOST_FIELDS = 500
"""Fields of one operation, each fragment counted as often as it is spread."""
MOST_ALIASES = 30
MOST_DIRECTIVES = 20
MOST_NODES = 20_000
"""Things that the pages of one operation could hold together."""
MOST_TOKENS = 5_000
"""Words and signs of one document."""

_PAGED = {"first", "last"}


class OperationLimits(ValidationRule):
    """Refuses operations that are too deep, too wide, or whose pages multiply too far.

    One class, made once: a rule made anew for each request would defeat the operation cache.
    """

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> None:
        try:
            _Measure(self.context).selection(node.selection_set, depth=1, multiplier=1)
        except QueryError as too_much:
            self.report_error(too_much)


class _Measure:
    """Walks one operation, spreading fragments, and stops at the first limit that it passes."""

    def __init__(self, context: ValidationContext) -> None:
        self._context = context
        self._spreading: list[str] = []
        self.fields = self.aliases = self.directives = self.nodes = 0

    def selection(self, selected: SelectionSetNode | None, depth: int, multiplier: int) -> None:
        if selected is None:
            return
        _check(depth, DEEPEST, "levels")
        for node in selected.selections:
            self._count("directives", len(node.directives or ()), MOST_DIRECTIVES)
            if isinstance(node, FieldNode):
                self._field(node, depth, multiplier)
            elif isinstance(node, InlineFragmentNode):
                self.selection(node.selection_set, depth, multiplier)
            elif isinstance(node, FragmentSpreadNode):
                self._spread(node, depth, multiplier)

    def _field(self, node: FieldNode, depth: int, multiplier: int) -> None:
        if node.name.value in ("__schema", "__type"):
            return  # introspection has a bounded answer
        self._count("fields", 1, MOST_FIELDS)
        self._count("aliases", 1 if node.alias else 0, MOST_ALIASES)
        size = _page_size(node)
        if size is not None:
            multiplier *= max(size, 1)
            self._count("nodes", multiplier, MOST_NODES)
        self.selection(node.selection_set, depth + 1, multiplier)

    def _spread(self, node: FragmentSpreadNode, depth: int, multiplier: int) -> None:
        name = node.name.value
        fragment: FragmentDefinitionNode | None = self._context.get_fragment(name)
        if fragment is None or name in self._spreading:
            return  # other rules report what is unknown or goes in circles
        self._spreading.append(name)
        self.selection(fragment.selection_set, depth, multiplier)
        self._spreading.pop()

    def _count(self, what: str, more: int, most: int) -> None:
        total = getattr(self, what) + more
        setattr(self, what, total)
        _check(total, most, what)


def _check(number: int, most: int, what: str) -> None:
    if number > most:
        raise QueryError(QueryErrorCode.LIMIT, f"An operation has at most {most:,} {what}.")


def _page_size(node: FieldNode) -> int | None:
    """How many things a connection may hold; None for a field that is no connection."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    sizes = [value for name, value in given.items() if name in _PAGED]
    if sizes:
        literal = sizes[0]
        return int(literal.value) if isinstance(literal, IntValueNode) else LARGEST_SIZE
    selected = node.selection_set.selections if node.selection_set else ()
    names = {child.name.value for child in selected if isinstance(child, FieldNode)}
    return DEFAULT_SIZE if names & {"edges", "nodes", "pageInfo"} else None


class Limits(SchemaExtension):
    """Puts the limits in force."""

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.validation_rules = (*context.validation_rules, OperationLimits)
        context.parse_options = {**context.parse_options, "max_tokens": MOST_TOKENS}
        yield


def is_limit(error: GraphQLError) -> bool:
    """Whether an error of the parser says that a document is too long."""
    return "Document contains more than" in error.message
