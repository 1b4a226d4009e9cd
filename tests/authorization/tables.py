"""What is shown of a thing, field by field: what to ask for and what is expected, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from tests.authorization.outcomes import leaves
from tests.authorization.rows import CommandResult

Table = Mapping[str, Any]
"""By field: a value, SOME for whichever, the table of a thing, or a list of tables of one form."""

SOME = ANY
"""A value that is there, such as a time or a cursor."""


def asked(table: Table) -> str:
    """As a selection: `id createdBy { kind }`."""
    return " ".join(_field(name, value) for name, value in table.items())


def _field(name: str, value: Any) -> str:
    inner = value[0] if isinstance(value, list) and value else value
    return f"{name} {{ {asked(inner)} }}" if isinstance(inner, Mapping) else name


def told(table: Table | list[Table]) -> CommandResult:
    """Exactly this is shown."""
    return tuple(leaves(table, {}))


def page(*ids: str) -> Table:
    """All there is, on one page."""
    ends = {"startCursor": SOME, "endCursor": SOME}
    return {
        "edges": [{"cursor": SOME, "node": {"id": one}} for one in ids],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, **ends},
    }
