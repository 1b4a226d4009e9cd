"""Leaves `= null` out of the schema: an optional argument or field without it means the same."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLSchema,
    Undefined,
    is_input_object_type,
    is_interface_type,
    is_object_type,
)


def omit_null_defaults(schema: GraphQLSchema) -> None:
    """Takes the default null off all arguments and input fields. Resolvers and inputs have None as
    the default of their own.
    """
    for value in _inputs(schema):
        if value.default_value is None:
            value.default_value = Undefined


def _inputs(schema: GraphQLSchema) -> Iterator[GraphQLArgument | GraphQLInputField]:
    for kind in schema.type_map.values():
        if is_input_object_type(kind):
            yield from kind.fields.values()
        elif is_object_type(kind) or is_interface_type(kind):
            for field in kind.fields.values():
                yield from field.args.values()
