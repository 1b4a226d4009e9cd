"""The changelog tells readers of the log what is new in it."""

from __future__ import annotations

import re
from pathlib import Path

from domain.catalogue import CATALOGUE

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


def test_every_type_of_event_stands_under_events() -> None:
    """By its topic, in the section of the release that brought it."""
    sections = re.findall(r"^### Events\n(.*?)(?=^##|\Z)", CHANGELOG.read_text(), re.DOTALL | re.M)
    told = set(re.findall(r"`(\w+\.\w+)`", "".join(sections)))
    assert set(CATALOGUE.by_topic) - told == set()
