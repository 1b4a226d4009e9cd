"""What the changelog says of events."""

from __future__ import annotations

import re
from typing import Any

import pytest

from domain.catalogue import CATALOGUE
from tests.docs.pages import text_of

CHANGELOG = text_of("CHANGELOG.md")


def entries() -> list[str]:
    """The entries of all sections on events, each on one line."""
    sections = re.findall(r"^### Events\n(.*?)(?=^##|\Z)", CHANGELOG, re.DOTALL | re.MULTILINE)
    return re.sub(r"\n  +", " ", "".join(sections)).splitlines()


@pytest.mark.parametrize("event", CATALOGUE.by_topic.values(), ids=lambda event: event.TOPIC)
def test_every_event_is_told_with_its_fields(event: Any) -> None:
    """In the release that brought them; later fields in later releases."""
    told = [entry for entry in entries() if entry.startswith(f"- `{event.TOPIC}`")]
    fields = {field for entry in told for field in re.findall(r"`(\w+)`", entry)}
    assert set(event.__struct_encode_fields__) - fields == set()
