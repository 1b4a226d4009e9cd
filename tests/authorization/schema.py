"""What of a schema wants a row: every field, and every argument that chooses what is shown."""

from __future__ import annotations

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_introspection_type,
    parse,
    visit,
)

PAGING = {"first", "after", "last", "before", "minPosition"}
"""Arguments that choose among what is shown anyway, or when."""

Composite = GraphQLObjectType | GraphQLInterfaceType


def wanted(schema: GraphQLSchema) -> set[str]:
    """As schema coordinates: `Type.field`, `Type.field(argument:)`, `Input.field`. What commands
    are told is theirs to judge: once somebody may give them.
    """
    composites = [kind for kind in schema.type_map.values() if isinstance(kind, Composite)]
    found: set[str] = set()
    for kind in composites:
        if not is_introspection_type(kind):
            for name, field in kind.fields.items():
                found.add(f"{kind.name}.{name}")
                if kind is not schema.mutation_type:
                    found |= _arguments(f"{kind.name}.{name}", field)
    return found


def _arguments(field_name: str, field: GraphQLField) -> set[str]:
    told = {name: given for name, given in field.args.items() if name not in PAGING}
    names = {f"{field_name}({name}:)" for name in told}
    return names.union(*(_inputs(argument) for argument in told.values()))


def _inputs(argument: GraphQLArgument) -> set[str]:
    kind = get_named_type(argument.type)
    if not isinstance(kind, GraphQLInputObjectType):
        return set()
    return {f"{kind.name}.{name}" for name in kind.fields}


def used(schema: GraphQLSchema, document: str) -> set[str]:
    """The same of what a document asks for; arguments that are written out, with all in them."""
    info = TypeInfo(schema)
    collector = _Coordinates(info, schema)
    visit(parse(document), TypeInfoVisitor(info, collector))
    return collector.found


class _Coordinates(Visitor):
    """Collects them. What is asked of an interface is asked of all that implement it."""

    def __init__(self, info: TypeInfo, schema: GraphQLSchema) -> None:
        super().__init__()
        self._info = info
        self._schema = schema
        self._field = ""
        self.found: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Called by graphql-core for each."""
        kind = self._info.get_parent_type()
        assert kind is not None
        self._field = f"{kind.name}.{node.name.value}"
        self.found.add(self._field)
        if isinstance(kind, GraphQLInterfaceType):
            several = self._schema.get_possible_types(kind)
            self.found |= {f"{one.name}.{node.name.value}" for one in several}

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        """Likewise, after its field."""
        self.found.add(f"{self._field}({node.name.value}:)")

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        """Likewise."""
        kind = get_named_type(self._info.get_parent_input_type())
        assert kind is not None
        self.found.add(f"{kind.name}.{node.name.value}")
