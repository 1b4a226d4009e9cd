"""What pages tell people to ask can be asked."""

from __future__ import annotations

import re

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


def field_of(operation: str) -> str:
    """The first field that it asks for."""
    found = re.search(r"\{\s*(\w+)", operation)
    return found[1] if found else "nothing"


@pytest.mark.parametrize(
    ("page", "operation"),
    OPERATIONS,
    ids=[f"{page} {field_of(operation)}" for page, operation in OPERATIONS],
)
def test_every_operation_is_valid(page: str, operation: str) -> None:
    """The schema has each field and argument of it."""
    assert validate(schema._schema, parse(operation)) == [], page
