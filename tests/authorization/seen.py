"""Which fields an answer shows something in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLNamedType,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    is_introspection_type,
    parse,
)

from tests.authorization.callers import Caller
from tests.authorization.coverage.completeness import GRAPH
from tests.authorization.coverage.who_sees import WHO_SEES
from tests.authorization.rows import Row


def seen(kind: str, row: Row, result: Mapping[str, Any]) -> set[str]:
    """Coordinates of fields, but those of the roots and of the schema itself: a field shows nothing
    when it is null, false, 0 or empty, or nothing in it shows anything.
    """
    operation = parse(row.document(kind)).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    root = GRAPH.get_root_type(OperationType(kind))
    assert root is not None
    found = set(_within(root, operation.selection_set, result.get("data")))
    return {name for name in found if not name.startswith(f"{root.name}.")}


def too_much(kind: str, row: Row, caller: Caller, result: Mapping[str, Any]) -> list[str]:
    """What it shows that is not for them."""
    return sorted(name for name in seen(kind, row, result) if caller not in WHO_SEES[name])


def _within(kind: GraphQLNamedType, asked: SelectionSetNode, value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _within(kind, asked, one)
    elif isinstance(value, dict):
        for node in asked.selections:
            if isinstance(node, InlineFragmentNode):
                yield from _within(_case(node), node.selection_set, value)
            elif isinstance(node, FieldNode) and value.get(node.name.value):
                yield from _field(kind, node, value[node.name.value])


def _case(node: InlineFragmentNode) -> GraphQLNamedType:
    assert node.type_condition is not None
    return GRAPH.type_map[node.type_condition.name.value]


def _field(kind: GraphQLNamedType, node: FieldNode, value: object) -> Iterator[str]:
    field = GRAPH.get_field(kind, node.name.value)  # type: ignore[arg-type]
    assert field is not None, f"{kind}.{node.name.value}"
    told = get_named_type(field.type)
    if is_introspection_type(told):
        return
    within = list(_within(told, node.selection_set, value)) if node.selection_set else []
    if within or node.selection_set is None:
        yield f"{kind.name}.{node.name.value}"
    yield from within
