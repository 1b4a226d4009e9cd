"""Looking on while operations are checked."""

from __future__ import annotations

import pytest
from graphql import DocumentNode, GraphQLError, GraphQLSchema

from graph.support.execution import validation


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The documents that were put before the rules of GraphQL."""
    seen: list[object] = []
    errors_of = validation.errors_of

    def noted(
        schema: GraphQLSchema, document: DocumentNode, *, hide_suggestions: bool
    ) -> list[GraphQLError]:
        seen.append(document)
        return errors_of(schema, document, hide_suggestions=hide_suggestions)

    monkeypatch.setattr(validation, "errors_of", noted)
    return seen
