"""Limits to what one operation may ask for, checked before any other rule."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from functools import partial
from itertools import islice
from typing import cast

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
)
from strawberry.extensions import SchemaExtension

from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode, invalid, over_limit
from graph.support.execution.parsing import is_long
from graph.support.limits.cost import Costs, cost_of
from graph.support.limits.introspection import IntrospectionWork, may_introspect
from graph.support.limits.measure import Measure, measures, with_fragments

MAX_LEVELS = 15
"""Fields inside fields. The deepest of the contract's own uses is 9; tools that ask for the schema
need all 15."""
MAX_FIELDS = 500
"""Fields of one operation, each fragment counted as often as it is spread."""
MAX_SPREADS = 500
"""Fragments spread in one operation, with and without a name: some hold no field, only more of
them."""
MAX_ALIASES = 30
MAX_DIRECTIVES = 20
MAX_NODES = 20_000
"""Things that the pages of one operation could hold together."""
MAX_RENDERINGS = 200
"""Descriptions as HTML: of two large pages. The longest take up to 50 KB and 15 ms each."""
MAX_INTROSPECTIONS = 2
"""`__schema` and `__type` in one operation."""
MAX_INTROSPECTED = 15_000
"""Values of the schema that a document asks for. Tools ask for 7,000; each takes the executor some
3 microseconds, in which nobody else is answered."""
MAX_DOCUMENT_FIELDS = 1_000
"""Fields of all operations and fragments of a document, as they are written: all are checked,
though one operation is run."""
MAX_TOKENS = 5_000
"""Words and signs of one document."""
MAX_LINES = 2_000
"""Lines of one document. Each error counts them up to its place: 100,000 take 10 milliseconds."""
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class DocumentLimits(SchemaExtension):
    """Refuses operations that are too deep, too wide, or whose pages multiply too far; and
    questions about the schema where the site answers none.

    It runs before the other rules: some of those take a second for what is refused here.
    """

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options = {**context.parse_options, "max_tokens": MAX_TOKENS}
        yield

    async def on_validate(self) -> AsyncIterator[None]:
        context = self.execution_context
        document = context.graphql_document
        if document is not None:
            try:
                await self._checked(document)
            except QueryError as refused:
                context.pre_execution_errors = [refused]
        yield

    async def _checked(self, document: DocumentNode) -> None:
        context = self.execution_context
        if context.pre_execution_errors is None and is_long(document):
            asking = cast("Context", context.context)
            await asking.site.limits.cpu_lock.run(partial(self._check, document))
        else:
            self._check(document)

    def _check(self, document: DocumentNode) -> None:
        """QueryError when the document, or an operation in it, is not to be run."""
        self._check_choice(document)
        context = self.execution_context
        site = cast("Context", context.context).site
        schema = context.schema._schema  # noqa: SLF001 - graphql-core's own
        if not site.introspection and may_introspect(context.query or ""):
            _check_that_none_introspects(measures(document, schema))
        is_known = context.pre_execution_errors is not None
        if not is_known:
            _check_lines(context.query or "", document)
            asking = cast("Context", context.context)
            asking.costs = _checked_costs(document, schema)

    def _check_choice(self, document: DocumentNode) -> None:
        """Strawberry would run the first of several operations."""
        chosen = self.execution_context._provided_operation_name  # noqa: SLF001 - it has no other
        if chosen is None and len(_operations(document)) > 1:
            raise invalid("There are several operations: operationName says which one to run.")


def is_limit(error: GraphQLError) -> bool:
    """Whether an error of the parser says that a document is too long, or nested too deeply."""
    return "Document contains more than" in error.message or "nested too deeply" in error.message


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]


def _check_that_none_introspects(definitions: list[Measure]) -> None:
    for definition in definitions:
        for field in definition.introspections:
            raise invalid(
                "This service does not answer questions about its schema"
                " (SEGMENTS_INTROSPECTION). The schema is graph/schema.graphql among its sources;"
                " `segments schema export FILE` writes it.",
                at=field,
            )


def _check_lines(text: str, document: DocumentNode) -> None:
    breaks = islice(_LINE_BREAK.finditer(text), MAX_LINES)
    if sum(1 for _ in breaks) == MAX_LINES:
        raise _limit(f"A document has at most {MAX_LINES:,} lines.", MAX_LINES, document)


def _checked_costs(document: DocumentNode, schema: GraphQLSchema) -> Costs:
    """The cost of each operation. QueryError when the document asks for too much."""
    definitions = measures(document, schema)
    fields = sum(definition.fields for definition in definitions)
    if fields > MAX_DOCUMENT_FIELDS:
        message = f"A document has at most {MAX_DOCUMENT_FIELDS:,} fields."
        raise over_limit(message, MAX_DOCUMENT_FIELDS, fields, at=document)
    measured = []
    for measure in with_fragments(definitions):
        _check_measure(measure)
        measured.append(measure)
    does_introspect = any(measure.introspections for measure in measured)
    introspected = _checked_introspection(document, schema) if does_introspect else 0
    return {
        measure.name: cost_of(measure, introspected if measure.introspections else 0)
        for measure in measured
        if isinstance(measure.definition, OperationDefinitionNode)
    }


def _check_measure(measure: Measure) -> None:
    for number, most, what in (
        (measure.levels, MAX_LEVELS, "levels"),
        (measure.fields, MAX_FIELDS, "fields"),
        (measure.spreads, MAX_SPREADS, "spreads of fragments"),
        (measure.aliases, MAX_ALIASES, "aliases"),
        (measure.directives, MAX_DIRECTIVES, "directives"),
        (measure.nodes, MAX_NODES, "nodes"),
        (measure.renderings, MAX_RENDERINGS, "renderings"),
        (len(measure.introspections), MAX_INTROSPECTIONS, "of __schema and __type"),
    ):
        if number > most:
            message = f"An operation has at most {most:,} {what}."
            raise over_limit(message, most, number, at=measure.definition)


def _checked_introspection(document: DocumentNode, schema: GraphQLSchema) -> int:
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    work = IntrospectionWork(schema, fragments, MAX_INTROSPECTED)
    for operation in _operations(document):
        work.add(operation)
        if work.amount > MAX_INTROSPECTED:
            raise _limit(
                f"A document asks for at most {MAX_INTROSPECTED:,} values of the schema.",
                MAX_INTROSPECTED,
                operation,
            )
    return work.amount


def _limit(message: str, limit: int, at: Node) -> QueryError:
    """A LIMIT error where nobody counted how much was asked for beyond it."""
    return QueryError(QueryErrorCode.LIMIT, message, at=at, limit=limit)
