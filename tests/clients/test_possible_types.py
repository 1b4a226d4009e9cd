"""What the caches of examples/ are told of the schema is what the schema says."""

from __future__ import annotations

from pathlib import Path

from tests.clients.examples import EXAMPLES, run

WRITTEN = "shared/possible-types.json"


def test_possible_types_and_embedded_types_are_those_of_the_schema(examples: Path) -> None:
    """`node possible-types.mjs`, within examples/, writes what is committed."""
    copy = examples / WRITTEN
    copy.unlink()
    run(examples, "possible-types.mjs")
    assert copy.read_text() == (EXAMPLES / WRITTEN).read_text()
