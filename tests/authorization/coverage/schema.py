"""What of a schema wants a row: all that can be asked for, given or told.

As schema coordinates: `Type.field`, `Type.field(argument:)`, `Input.field`, `Enum.VALUE`,
`@directive`; and what an interface or a union can turn out to be, as `Node: User`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_introspection_type,
    is_specified_directive,
)

PAGING = {"first": "Int", "after": "String", "last": "Int", "before": "String"}
"""Arguments of connections that choose among what is shown anyway, with their types."""
WAITING = ("minPosition", "LogPosition")
"""The argument of queries that chooses when."""

Composite = GraphQLObjectType | GraphQLInterfaceType
Given = Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]


def wanted(schema: GraphQLSchema) -> set[str]:
    """All of it but introspection, paging and waiting."""
    kinds = [kind for kind in schema.type_map.values() if not is_introspection_type(kind)]
    own = {f"@{one.name}" for one in schema.directives if not is_specified_directive(one)}
    return own.union(*(_of(kind, schema) for kind in kinds))


def _of(kind: GraphQLNamedType, schema: GraphQLSchema) -> Iterator[str]:
    if isinstance(kind, GraphQLEnumType):
        yield from (f"{kind.name}.{value}" for value in kind.values)
    if is_abstract_type(kind):
        yield from (f"{kind.name}: {one.name}" for one in schema.get_possible_types(kind))
    if isinstance(kind, Composite):
        for name, field in kind.fields.items():
            yield f"{kind.name}.{name}"
            yield from _arguments(f"{kind.name}.{name}", field, kind is schema.query_type)


def _arguments(field_name: str, field: GraphQLField, is_query: bool) -> Iterator[str]:
    told = {
        name: argument
        for name, argument in field.args.items()
        if not _only_pages(name, argument, field, is_query)
    }
    yield from (f"{field_name}({name}:)" for name in told)
    yield from _inputs(told, set())


def _only_pages(name: str, argument: GraphQLArgument, field: GraphQLField, is_query: bool) -> bool:
    given = get_named_type(argument.type).name
    is_connection = get_named_type(field.type).name.endswith("Connection")
    return (is_connection and PAGING.get(name) == given) or (is_query and (name, given) == WAITING)


def _inputs(given: Given, known: set[str]) -> Iterator[str]:
    """The fields of what is given, and of what is given in that."""
    for one in given.values():
        kind = get_named_type(one.type)
        if isinstance(kind, GraphQLInputObjectType) and kind.name not in known:
            known.add(kind.name)
            yield from (f"{kind.name}.{name}" for name in kind.fields)
            yield from _inputs(kind.fields, known)
