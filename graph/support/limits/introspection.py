"""Cost of introspection: the number of values that a document asks of the schema itself.

Its lists multiply: fields of the types of fields, and so on. What is in each of them is known
before an operation is run, so that values can be counted without making them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import Any, NamedTuple

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    get_named_type,
    get_nullable_type,
    is_introspection_type,
    is_list_type,
    is_object_type,
)

BEGINNINGS = ("__schema", "__type")
"""The fields by which it begins. `__typename` is none of them."""
_BEGINNING = re.compile(r"__(schema|type)\b")


def may_introspect(text: str) -> bool:
    """Whether a document of that text can ask for the schema: names are written in one way only."""
    return _BEGINNING.search(text) is not None


_DEPRECATED = "includeDeprecated"


class _Selection(NamedTuple):
    """The selection of fields on some parts of the schema, all of one type."""

    selected: SelectionSetNode
    kind: GraphQLNamedType | None
    parts: Sequence[Any]


class IntrospectionWork:
    """The amount of work to answer the operations that are added, counted not much further than
    `enough`: one for each value, and for each selection on the way.

    No fragment may spread itself; and what an operation spreads must have been bounded before.
    """

    def __init__(
        self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], enough: int
    ) -> None:
        self.amount = 0
        self._schema = schema
        self._info = SimpleNamespace(schema=schema)
        self._fragments = fragments
        self._enough = enough

    def add(self, operation: OperationDefinitionNode) -> None:
        """Adds what one more operation takes."""
        root = self._schema.get_root_type(operation.operation)
        pending = [_Selection(operation.selection_set, root, [None])]
        while pending:
            selected, kind, parts = pending.pop()
            for node in selected.selections:
                self.amount += 1
                if self.amount > self._enough:
                    return
                if isinstance(node, FieldNode):
                    pending += self._field(node, kind, parts)
                elif isinstance(node, InlineFragmentNode):
                    pending += self._fragment(node, kind, parts)
                elif isinstance(node, FragmentSpreadNode):
                    pending += self._fragment(self._fragments.get(node.name.value), kind, parts)

    def _fragment(
        self,
        fragment: InlineFragmentNode | FragmentDefinitionNode | None,
        kind: GraphQLNamedType | None,
        parts: Sequence[Any],
    ) -> Iterator[_Selection]:
        if fragment is None or kind is None:
            return
        condition = fragment.type_condition
        if condition is None or condition.name.value == kind.name:
            yield _Selection(fragment.selection_set, kind, parts)

    def _field(
        self, node: FieldNode, kind: GraphQLNamedType | None, parts: Sequence[Any]
    ) -> Iterator[_Selection]:
        name = node.name.value
        if not is_object_type(kind) or not (is_introspection_type(kind) or name in BEGINNINGS):
            return
        field = self._schema.get_field(kind, name)
        if field is None:
            return
        self.amount += len(parts)
        if node.selection_set is not None:
            inner = list(islice(self._inner(field, node, parts), self._enough + 1))
            yield _Selection(node.selection_set, get_named_type(field.type), inner)

    def _inner(self, field: GraphQLField, node: FieldNode, parts: Sequence[Any]) -> Iterator[Any]:
        """The parts of the schema that the field holds, of each part that it is asked of."""
        if node.name.value == "__type":
            yield from self._named(node)
            return
        resolve: Any = field.resolve
        arguments = _with_deprecated(node) if _DEPRECATED in field.args else {}
        are_many = is_list_type(get_nullable_type(field.type))
        for part in parts:
            found = resolve(part, self._info, **arguments)
            if found is not None:
                yield from found if are_many else (found,)

    def _named(self, node: FieldNode) -> Iterator[GraphQLNamedType]:
        """The type of that name. Which one a variable will name is not known: it counts as all."""
        types = self._schema.type_map
        for argument in node.arguments or ():
            if isinstance(argument.value, StringValueNode):
                yield from filter(None, [types.get(argument.value.value)])
            else:
                yield from types.values()


def _with_deprecated(node: FieldNode) -> dict[str, bool]:
    """Whether what is deprecated is asked for, too. What a variable will say is not known: it
    counts as that it is.
    """
    for argument in node.arguments or ():
        if argument.name.value == _DEPRECATED:
            value = argument.value
            return {_DEPRECATED: not isinstance(value, BooleanValueNode) or value.value}
    return {_DEPRECATED: False}
