"""What pages tell people to ask can be asked."""

from __future__ import annotations

import pytest
from graphql import parse, validate

from graph.schema import schema
from tests.docs.pages import blocks, name_of, pages, text_of

OPERATIONS = [
    (name, block.text)
    for name in map(name_of, pages())
    for block in blocks(text_of(name))
    if block.language == "graphql"
]


@pytest.mark.parametrize(("page", "operation"), OPERATIONS)
def test_every_operation_is_valid(page: str, operation: str) -> None:
    """The schema has each field and argument of it."""
    assert validate(schema._schema, parse(operation)) == [], page
