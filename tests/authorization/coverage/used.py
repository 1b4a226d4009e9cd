"""What of a schema a row asks for, gives, or expects to be told."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    ArgumentNode,
    DirectiveNode,
    EnumValueNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLSchema,
    InlineFragmentNode,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)

from tests.authorization.rows import Cells, Row


def used(schema: GraphQLSchema, kind: str, row: Row) -> set[str]:
    """Coordinates as of `wanted`; of arguments those that are written out, with all in them."""
    info = TypeInfo(schema)
    collector = _Coordinates(info)
    visit(parse(row.document(kind)), TypeInfoVisitor(info, collector))
    told = {value for value in _values(row.cells) if isinstance(value, str)}
    for enum in collector.told:
        collector.found |= {f"{enum.name}.{value}" for value in told & enum.values.keys()}
    return collector.found


def _values(cells: Cells) -> Iterator[object]:
    for outcome in cells.values():
        yield from (outcome if isinstance(outcome, tuple) else (outcome,))


class _Coordinates(Visitor):
    """Collects them, and in `told` the enums of which something is asked for."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self._field = ""
        self.found: set[str] = set()
        self.told: list[GraphQLEnumType] = []

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Called by graphql-core for each."""
        kind = self._info.get_parent_type()
        assert kind is not None
        self._field = f"{kind.name}.{node.name.value}"
        self.found.add(self._field)
        told = get_named_type(self._info.get_type())
        if isinstance(told, GraphQLEnumType):
            self.told.append(told)

    def enter_inline_fragment(self, node: InlineFragmentNode, *_: object) -> None:
        """Likewise, within what it is a case of."""
        kind = self._info.get_parent_type()
        assert kind is not None
        assert node.type_condition is not None
        self.found.add(f"{kind.name}: {node.type_condition.name.value}")

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        """Likewise, after its field."""
        self.found.add(f"{self._field}({node.name.value}:)")

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        """Likewise."""
        kind = get_named_type(self._info.get_parent_input_type())
        assert kind is not None
        self.found.add(f"{kind.name}.{node.name.value}")

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        """Likewise."""
        self.found.add(f"@{node.name.value}")

    def enter_enum_value(self, node: EnumValueNode, *_: object) -> None:
        """Likewise."""
        kind = get_named_type(self._info.get_input_type())
        assert kind is not None
        self.found.add(f"{kind.name}.{node.value}")
