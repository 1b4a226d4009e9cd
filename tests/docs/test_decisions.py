"""Decisions are told in one way, and can be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, links

FOLDER = DOCS / "adr"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Consequences", "Alternatives weighed"]
MAX_PAGE_LINES = 60
"""Lines: one page."""


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_four_parts_on_one_page(page: Path) -> None:
    """In their order, under a title with the number of the file."""
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert len(text.splitlines()) <= MAX_PAGE_LINES


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_a_status_with_its_day(page: Path) -> None:
    """On the first line under the title."""
    status = page.read_text(encoding="utf-8").splitlines()[2]
    assert re.match(r"(Accepted|Superseded), \d{4}-\d\d-\d\d\.", status)


def test_decisions_are_numbered_and_listed_without_a_gap() -> None:
    """In the index, in their order."""
    names = [page.name for page in DECISIONS]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [link for link in links(index) if link[:4].isdigit()] == names
