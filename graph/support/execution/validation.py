"""The rules of GraphQL, held in time: what they find is the same, but none of them takes long.

Left to themselves some take seconds: they compare all fields of one name with each other, print a
whole value for each error in it, and look for similar names, which nobody is told here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import cast

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    ValueNode,
    VisitorAction,
    specified_rules,
    validate,
)
from graphql.utilities.validate_input_value import validate_input_literal
from graphql.validation import ValuesOfCorrectTypeRule
from graphql.validation.rules import overlapping_fields_can_be_merged
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode
from graph.support.execution.parsing import is_long

MAX_COMPARISONS = 20_000
"""Comparisons of fields with one name in one place, as graphql-core counts them: two for each pair,
and some for what is below. They take 40 ms. A hundred fields of one name are within it; the
console's operations take three."""
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = MAX_COMPARISONS

MAX_ERRORS = 20
"""Errors of one document, before one that says that there are more."""

_ABORTED = "Validation aborted."
_TOO_LONG = (
    "The document takes too long to check. Ask for each field once in one place, and nest fragments"
    " less."
)


class Validation(SchemaExtension):
    """Validates a document that is neither cached nor refused already."""

    async def on_validate(self) -> AsyncIterator[None]:
        context = self.execution_context
        document = context.graphql_document
        if context.pre_execution_errors is None and document is not None:
            context.pre_execution_errors = await self._errors(document)
        yield

    async def _errors(self, document: DocumentNode) -> list[GraphQLError]:
        schema = self.execution_context.schema._schema  # noqa: SLF001 - graphql-core's own
        context = cast("Context", self.execution_context.context)
        hides = not context.site.introspection  # names would tell what the schema holds
        if not is_long(document):
            return errors_of(schema, document, hide_suggestions=hides)
        check = partial(errors_of, schema, document, hide_suggestions=hides)
        return await context.site.limits.cpu_lock.run(check)


def errors_of(
    schema: GraphQLSchema, document: DocumentNode, *, hide_suggestions: bool
) -> list[GraphQLError]:
    """The validation errors of a document; one QueryError LIMIT when validation takes too long."""
    errors = validate(schema, document, _RULES, MAX_ERRORS, hide_suggestions=hide_suggestions)
    if errors and errors[-1].message == _ABORTED:
        return [QueryError(QueryErrorCode.LIMIT, _TOO_LONG)]
    return errors


class _FirstErrorOfEachValue(ValuesOfCorrectTypeRule):
    """Each error prints the whole value that it is in."""

    def is_valid_value_node(
        self, node: ValueNode, input_type: GraphQLInputType | None
    ) -> VisitorAction:
        if input_type is not None:
            try:
                hides = self.context.hide_suggestions
                validate_input_literal(node, input_type, _stop, hide_suggestions=hides)
            except _Stopped as stopped:  # a number may be too long for Python: no failure of ours
                self.report_error(GraphQLError(stopped.error.message, stopped.error.nodes))
        return self.SKIP


class _Stopped(Exception):
    def __init__(self, error: GraphQLError) -> None:
        super().__init__()
        self.error = error


def _stop(error: GraphQLError, _: object) -> None:
    raise _Stopped(error)


_RULES = (
    *(
        _FirstErrorOfEachValue if rule is ValuesOfCorrectTypeRule else rule
        for rule in specified_rules
    ),
    MaybeNullValidationRule,
    OneOfInputValidationRule,
)
"""GraphQL's own, and the two that Strawberry adds."""
