"""Compares a schema with the contract: exactly, but that the schema may have more.

More are further types, fields, enum values, and optional arguments and input fields: no document
that keeps to the contract breaks by them. What the contract has must be there as it is: types,
nullability, arguments, defaults and interfaces.
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
    is_introspection_type,
    is_required_argument,
    is_required_input_field,
    print_ast,
)

Composite = GraphQLObjectType | GraphQLInterfaceType
Given = Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]


def differences(contract: GraphQLSchema, product: GraphQLSchema) -> list[str]:
    """What differs, in words. Both schemas are built from text."""
    found = []
    for name, wanted in contract.type_map.items():
        if is_introspection_type(wanted):
            continue
        kind = product.type_map.get(name)
        if type(kind) is not type(wanted) or kind is None:
            found.append(f"{name} is not a {type(wanted).__name__}")
        else:
            found.extend(_in_type(wanted, kind))
    return found


def _in_type(wanted: GraphQLNamedType, kind: GraphQLNamedType) -> Iterator[str]:
    if isinstance(wanted, GraphQLEnumType) and isinstance(kind, GraphQLEnumType):
        yield from (f"{kind} has no {value}" for value in wanted.values.keys() - kind.values.keys())
    elif isinstance(wanted, GraphQLInputObjectType) and isinstance(kind, GraphQLInputObjectType):
        if wanted.is_one_of != kind.is_one_of:
            yield f"{kind} is, or is not, @oneOf"
        yield from _given(kind.name, wanted.fields, kind.fields)
    elif isinstance(wanted, Composite) and isinstance(kind, Composite):
        others = {one.name for one in wanted.interfaces} - {one.name for one in kind.interfaces}
        yield from (f"{kind} does not implement {name}" for name in sorted(others))
        for name, field in wanted.fields.items():
            yield from _field(f"{kind}.{name}", field, kind.fields.get(name))


def _field(name: str, wanted: GraphQLField, field: GraphQLField | None) -> Iterator[str]:
    if field is None:
        yield f"{name} is missing"
        return
    if str(field.type) != str(wanted.type):
        yield f"{name} is {field.type}, not {wanted.type}"
    yield from _given(name, wanted.args, field.args)


def _given(name: str, wanted: Given, given: Given) -> Iterator[str]:
    """Arguments, or fields of an input."""
    for key, one in wanted.items():
        found = given.get(key)
        if found is None:
            yield f"{name} takes no {key}"
        elif _spelled(found) != _spelled(one):
            yield f"{name} takes {key}: {_spelled(found)}, not {_spelled(one)}"
    yield from (
        f"{name} requires {key}"
        for key, one in given.items()
        if key not in wanted and _is_required(one)
    )


def _spelled(one: GraphQLArgument | GraphQLInputField) -> str:
    """Its type and default."""
    node = one.ast_node
    default = node.default_value if node is not None else None
    return str(one.type) if default is None else f"{one.type} = {print_ast(default)}"


def _is_required(one: GraphQLArgument | GraphQLInputField) -> bool:
    if isinstance(one, GraphQLArgument):
        return is_required_argument(one)
    return is_required_input_field(one)
