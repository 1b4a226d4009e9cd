"""How much one operation may ask for, checked before anything else is."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)
from strawberry.extensions import SchemaExtension

from graph.support.errors import QueryError, QueryErrorCode, invalid
from graph.support.pagination import DEFAULT_SIZE, LARGEST_SIZE

DEEPEST = 15
"""Fields inside fields. The deepest of the contract's own uses is 9."""
MOST_FIELDS = 500
"""Fields of one operation, each fragment counted as often as it is spread."""
MOST_SPREADS = 500
"""Fragments spread in one operation: some hold no field, only more fragments."""
MOST_ALIASES = 30
MOST_DIRECTIVES = 20
MOST_NODES = 20_000
"""Things that the pages of one operation could hold together."""
MOST_TOKENS = 5_000
"""Words and signs of one document."""

_PLAIN_LISTS = {("Query", "nodes"), ("VersionConflict", "since")}
"""Lists of things that are no connections. Each holds at most a large page."""


class Limits(SchemaExtension):
    """Refuses operations that are too deep, too wide, or whose pages multiply too far.

    Before the other rules are asked: some of those take a second for what is refused here.
    """

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options = {**context.parse_options, "max_tokens": MOST_TOKENS}
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        document = context.graphql_document
        is_known = context.pre_execution_errors is not None
        if document is not None:
            refused = self._ambiguous(document) or (None if is_known else self._too_much(document))
            if refused is not None:
                context.pre_execution_errors = [refused]
        yield

    def _ambiguous(self, document: DocumentNode) -> QueryError | None:
        """Strawberry would run the first of several operations."""
        chosen = self.execution_context._provided_operation_name  # noqa: SLF001 - it has no other
        if chosen is not None or len(_operations(document)) < 2:
            return None
        return invalid("There are several operations: operationName says which one to run.")

    def _too_much(self, document: DocumentNode) -> QueryError | None:
        schema = self.execution_context.schema._schema  # noqa: SLF001 - graphql-core's own
        for operation in _operations(document):
            try:
                root = schema.get_root_type(operation.operation)
                _Measure(document, schema).selection(operation.selection_set, root, 1, 1)
            except QueryError as too_much:
                return too_much
        return None


def is_limit(error: GraphQLError) -> bool:
    """Whether an error of the parser says that a document is too long, or nested too deeply."""
    return "Document contains more than" in error.message or "nested too deeply" in error.message


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]


class _Measure:
    """Walks one operation, spreading fragments, and stops at the first limit that it passes.

    Nothing is known to be valid yet; what other rules will refuse is passed over.
    """

    def __init__(self, document: DocumentNode, schema: GraphQLSchema) -> None:
        definitions = document.definitions
        fragments = [node for node in definitions if isinstance(node, FragmentDefinitionNode)]
        self._fragments = {fragment.name.value: fragment for fragment in fragments}
        self._schema = schema
        self._spreading: list[str] = []
        self.fields = self.spreads = self.aliases = self.directives = self.nodes = 0

    def selection(
        self,
        selected: SelectionSetNode | None,
        parent: GraphQLNamedType | None,
        depth: int,
        multiplier: int,
    ) -> None:
        if selected is None:
            return
        _check(depth, DEEPEST, "levels")
        for node in selected.selections:
            self._count("directives", len(node.directives or ()), MOST_DIRECTIVES)
            if isinstance(node, FieldNode):
                self._field(node, parent, depth, multiplier)
            elif isinstance(node, InlineFragmentNode):
                kind = self._kind(node, parent)
                self.selection(node.selection_set, kind, depth, multiplier)
            elif isinstance(node, FragmentSpreadNode):
                self._spread(node, depth, multiplier)

    def _field(
        self, node: FieldNode, parent: GraphQLNamedType | None, depth: int, multiplier: int
    ) -> None:
        if node.name.value in ("__schema", "__type"):
            return  # introspection has a bounded answer, and a rule for its depth
        self._count("fields", 1, MOST_FIELDS)
        self._count("aliases", 1 if node.alias else 0, MOST_ALIASES)
        field: GraphQLField | None = getattr(parent, "fields", {}).get(node.name.value)
        size = _size(node, field, parent)
        if size is not None:
            multiplier *= max(size, 1)
            self._count("nodes", multiplier, MOST_NODES)
        kind = get_named_type(field.type) if field else None
        self.selection(node.selection_set, kind, depth + 1, multiplier)

    def _spread(self, node: FragmentSpreadNode, depth: int, multiplier: int) -> None:
        self._count("spreads", 1, MOST_SPREADS)
        name = node.name.value
        fragment = self._fragments.get(name)
        if fragment is None or name in self._spreading:
            return  # other rules report what is unknown or goes in circles
        self._spreading.append(name)
        kind = self._kind(fragment, None)
        self.selection(fragment.selection_set, kind, depth, multiplier)
        self._spreading.pop()

    def _kind(
        self, node: InlineFragmentNode | FragmentDefinitionNode, parent: GraphQLNamedType | None
    ) -> GraphQLNamedType | None:
        condition = node.type_condition
        return self._schema.get_type(condition.name.value) if condition else parent

    def _count(self, what: str, more: int, most: int) -> None:
        total = getattr(self, what) + more
        setattr(self, what, total)
        _check(total, most, what)


def _check(number: int, most: int, what: str) -> None:
    if number > most:
        raise QueryError(QueryErrorCode.LIMIT, f"An operation has at most {most:,} {what}.")


def _size(
    node: FieldNode, field: GraphQLField | None, parent: GraphQLNamedType | None
) -> int | None:
    """How many things a field may hold; None when it is one thing, or counted already."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    if parent is not None and (parent.name, node.name.value) in _PLAIN_LISTS:
        ids = given.get("ids")
        return len(ids.values) if isinstance(ids, ListValueNode) else LARGEST_SIZE
    if field is None or "first" not in field.args:
        return None
    sizes = [given[name] for name in ("first", "last") if name in given]
    if not sizes:
        return DEFAULT_SIZE
    return int(sizes[0].value) if isinstance(sizes[0], IntValueNode) else LARGEST_SIZE
