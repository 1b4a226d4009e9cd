"""Looking on while operations are checked."""

from __future__ import annotations

from typing import Any

import pytest
from strawberry.schema import schema as strawberry_schema


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The documents that were put before the rules of GraphQL."""
    seen: list[object] = []
    validate: Any = strawberry_schema.validate_document

    def noted(*arguments: object) -> object:
        seen.append(arguments[1])
        return validate(*arguments)

    monkeypatch.setattr(strawberry_schema, "validate_document", noted)
    return seen
