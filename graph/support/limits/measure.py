"""Measures each definition of a document, including the fragments that it spreads.

Each is walked once. What a fragment asks for is then added wherever it is spread, in the order in
which they build on each other: a bomb of fragments costs no more than it is long. Nothing is known
to be valid yet; what other rules will refuse is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_composite_type,
)

from graph.support.errors import invalid
from graph.support.limits.introspection import BEGINNINGS
from graph.support.pages.pagination import DEFAULT_SIZE, MAX_PAGE_SIZE

_PLAIN_LISTS = {
    ("Query", "nodes"),
    ("VersionConflict", "since"),
    ("SegmentsPayload", "sample"),
}
"""Lists of things that are no connections. Each holds at most a large page."""
_MAX_NUMBER_LENGTH = 9
"""Digits. Longer ones are larger than any page, and the longest are no numbers to Python."""


class Spread(NamedTuple):
    """A fragment that is spread: below how many levels, for each of how many things."""

    name: str
    below: int
    times: int


@dataclass(slots=True)
class Measure:
    """The size of one definition."""

    definition: OperationDefinitionNode | FragmentDefinitionNode
    levels: int = 0
    roots: int = 0
    """Fields that are in no other."""
    fields: int = 0
    spreads: int = 0
    aliases: int = 0
    directives: int = 0
    nodes: int = 0
    renderings: int = 0
    introspections: list[FieldNode] = field(default_factory=list)
    spread: list[Spread] = field(default_factory=list)

    @property
    def name(self) -> str | None:
        """The definition's."""
        return self.definition.name.value if self.definition.name else None

    def add(self, spread: Spread, fragment: Measure) -> None:
        """Adds what a fragment asks for, all in all, at the place where it is spread."""
        self.levels = max(self.levels, spread.below + fragment.levels)
        self.roots += 0 if spread.below else fragment.roots
        self.fields += fragment.fields
        self.spreads += fragment.spreads
        self.aliases += fragment.aliases
        self.directives += fragment.directives
        self.nodes += spread.times * fragment.nodes
        self.renderings += spread.times * fragment.renderings
        self.introspections += fragment.introspections


def measures(document: DocumentNode, schema: GraphQLSchema) -> list[Measure]:
    """The size of each definition by itself, without the fragments that it spreads."""
    return [
        _Walk(definition, schema).measure
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode)
    ]


def with_fragments(measures: list[Measure]) -> Iterator[Measure]:
    """The same with the fragments that each spreads; fragments come before those who spread them.

    Who stops at the first that is too large keeps numbers small. QueryError INVALID when fragments
    spread each other in a circle.
    """
    totals: dict[str, Measure] = {}
    for measure in _in_order(measures):
        for spread in measure.spread:
            if spread.name in totals:
                measure.add(spread, totals[spread.name])
        if isinstance(measure.definition, FragmentDefinitionNode):
            totals[measure.definition.name.value] = measure
        yield measure


def _in_order(measures: list[Measure]) -> Iterator[Measure]:
    fragments: dict[str, list[Measure]] = {}  # a name that is there twice is for other rules
    operations = []
    for measure in measures:
        if isinstance(measure.definition, FragmentDefinitionNode):
            fragments.setdefault(measure.definition.name.value, []).append(measure)
        else:
            operations.append(measure)
    for name in _names_in_order(fragments):
        yield from fragments.get(name, ())
    yield from operations


def _names_in_order(fragments: Mapping[str, list[Measure]]) -> list[str]:
    order = TopologicalSorter(
        {
            name: {spread.name for measure in namesakes for spread in measure.spread}
            for name, namesakes in fragments.items()
        }
    )
    try:
        return list(order.static_order())
    except CycleError as circle:
        first = fragments[circle.args[1][0]][0].definition
        raise invalid("Fragments spread each other in a circle.", at=first) from None


class _Walk:
    """Goes through one definition, without recursion: nothing bounds how deep it is."""

    def __init__(
        self, definition: OperationDefinitionNode | FragmentDefinitionNode, schema: GraphQLSchema
    ) -> None:
        self.measure = Measure(definition, directives=len(definition.directives or ()))
        self._schema = schema
        self._pending: list[tuple[SelectionSetNode, GraphQLNamedType | None, int, int]] = []
        if isinstance(definition, FragmentDefinitionNode):
            kind = self._kind(definition, None)
        else:
            kind = schema.get_root_type(definition.operation)
        self._pending.append((definition.selection_set, kind, 0, 1))
        while self._pending:
            self._selection(*self._pending.pop())

    def _selection(
        self, selected: SelectionSetNode, parent: GraphQLNamedType | None, above: int, times: int
    ) -> None:
        found = self.measure
        found.levels = max(found.levels, above + 1)
        for node in selected.selections:
            found.directives += len(node.directives or ())
            if isinstance(node, FieldNode):
                self._field(node, parent, above, times)
                continue
            found.spreads += 1
            if isinstance(node, InlineFragmentNode):
                kind = self._kind(node, parent)
                self._pending.append((node.selection_set, kind, above, times))
            elif isinstance(node, FragmentSpreadNode):
                found.spread.append(Spread(node.name.value, above, times))

    def _field(
        self, node: FieldNode, parent: GraphQLNamedType | None, above: int, times: int
    ) -> None:
        found = self.measure
        found.roots += not above
        found.fields += 1
        found.aliases += bool(node.alias)
        if node.name.value in BEGINNINGS:
            found.introspections.append(node)
        field = (
            self._schema.get_field(parent, node.name.value) if is_composite_type(parent) else None
        )
        size = _size(node, field, parent)
        if size is not None:
            times *= max(size, 1)
            found.nodes += times
        if node.name.value == "descriptionHtml":
            found.renderings += times
        if node.selection_set is not None:
            kind = get_named_type(field.type) if field else None
            self._pending.append((node.selection_set, kind, above + 1, times))

    def _kind(
        self, node: InlineFragmentNode | FragmentDefinitionNode, parent: GraphQLNamedType | None
    ) -> GraphQLNamedType | None:
        condition = node.type_condition
        return self._schema.get_type(condition.name.value) if condition else parent


def _size(
    node: FieldNode, field: GraphQLField | None, parent: GraphQLNamedType | None
) -> int | None:
    """The number of items a field may hold; None when it is one, or counted already."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    if parent is not None and (parent.name, node.name.value) in _PLAIN_LISTS:
        ids = given.get("ids")
        return len(ids.values) if isinstance(ids, ListValueNode) else MAX_PAGE_SIZE
    if field is None or "first" not in field.args:
        return None
    sizes = [given[name] for name in ("first", "last") if name in given]
    if not sizes:
        return DEFAULT_SIZE
    if not isinstance(sizes[0], IntValueNode) or len(sizes[0].value) > _MAX_NUMBER_LENGTH:
        return MAX_PAGE_SIZE
    return int(sizes[0].value)
