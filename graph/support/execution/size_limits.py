"""Limits to the size of an operation, checked before any of it is parsed or coerced."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from graphql import (
    FieldNode,
    GraphQLInputType,
    GraphQLSchema,
    get_named_type,
    get_operation_ast,
    is_input_object_type,
)
from strawberry.extensions import SchemaExtension

from domain.kernel.permission import Permission
from domain.policy import may
from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode, over_limit
from graph.support.limits.cost import MAX_DOCUMENT_BYTES

MAX_VARIABLES_BYTES = 256 * 1024
"""Bytes of variables, unless they name sets of users or segments and the principal may do that."""
MAX_ITEMS = 2_000
"""Items of a list in such variables: more than any other argument takes."""

SETS = ("UserSet", "SegmentSet")
"""Inputs that name up to 100,000 things."""


class SizeLimits(SchemaExtension):
    """Refuses operations that are too long: LIMIT, and 413 by HTTP."""

    def on_parse(self) -> Iterator[None]:
        text = self.execution_context.query or ""
        size = len(text)  # at least as many bytes, which take a while to count
        if size <= MAX_DOCUMENT_BYTES:
            size = len(text.encode(errors="replace"))
        if size > MAX_DOCUMENT_BYTES:
            message = f"A document has at most {MAX_DOCUMENT_BYTES:,} bytes."
            raise over_limit(message, MAX_DOCUMENT_BYTES, size, status=413)
        yield

    def on_validate(self) -> Iterator[None]:
        if not self._may_name_sets() and self._is_too_large():
            limits = f"{MAX_VARIABLES_BYTES:,} bytes, and lists of at most {MAX_ITEMS:,} items"
            refused = _too_large(f"The variables of this operation have at most {limits}.")
            self.execution_context.pre_execution_errors = [refused]
        yield

    def _is_too_large(self) -> bool:
        size = cast("Context", self.execution_context.context).size
        variables = self.execution_context.variables or {}
        return size > MAX_VARIABLES_BYTES or _longest_list(variables) > MAX_ITEMS

    def _may_name_sets(self) -> bool:
        """Whether all that the operation does takes sets, and who asks may do it."""
        context = self.execution_context
        principal = cast("Context", context.context).principal
        if context.graphql_document is None or not may(principal, Permission.CHANGE_MEMBERS):
            return False
        name = context._provided_operation_name  # noqa: SLF001 - it has no other
        operation = get_operation_ast(context.graphql_document, name)
        if operation is None:
            return False
        schema = context.schema._schema  # noqa: SLF001 - graphql-core's own
        asked = operation.selection_set.selections
        return all(isinstance(n, FieldNode) and n.name.value in _with_sets(schema) for n in asked)


@lru_cache(maxsize=1)
def _with_sets(schema: GraphQLSchema) -> frozenset[str]:
    """The mutations of which an argument is, or holds, a set."""
    fields = schema.mutation_type.fields if schema.mutation_type else {}
    return frozenset(
        name
        for name, field in fields.items()
        if any(_holds_set(argument.type) for argument in field.args.values())
    )


def _holds_set(kind: GraphQLInputType) -> bool:
    named = get_named_type(kind)
    return named.name in SETS or (
        is_input_object_type(named)
        and any(get_named_type(field.type).name in SETS for field in named.fields.values())
    )


def _longest_list(variables: dict[str, object]) -> int:
    """The items of the longest list, however deep it is, up to the first that is too long."""
    longest = 0
    pending: list[object] = [variables]
    while pending and longest <= MAX_ITEMS:
        value = pending.pop()
        if isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list):
            longest = max(longest, len(value))
            pending += value
    return longest


def _too_large(message: str) -> QueryError:
    return QueryError(QueryErrorCode.LIMIT, message, status=413)
