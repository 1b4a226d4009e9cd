"""What code and tests cite is in the repository: nothing points outside of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import REPOSITORY, anchors

FOLDERS = ("domain", "projections", "graph", "service", "bench", "tests", "verifier")
_PAGE = re.compile(r"(?<![\w./-])([\w./-]+\.md)(?:, \"([^\"]+)\")?")
_DECISION = re.compile(r"\bADR (\d+)\b")


def sources() -> list[Path]:
    """Everything in Python and SQL."""
    found = (REPOSITORY.joinpath(folder).rglob("*.*") for folder in FOLDERS)
    there = (path for paths in found for path in paths if path.suffix in (".py", ".sql"))
    return sorted(path for path in there if path.parent != Path(__file__).parent)  # made-up pages


def cited() -> list[tuple[Path, str, str]]:
    """Each page that a comment or docstring cites, with the heading that is named."""
    return [
        (path, page, heading) for path in sources() for page, heading in _PAGE.findall(_prose(path))
    ]


def _prose(path: Path) -> str:
    """Without line breaks and the marks of comments between the words of a sentence."""
    text = path.read_text("utf-8")
    return re.sub(r"\s*\n\s*(?:#|--)?\s*", " ", text)


@pytest.mark.parametrize("folder", FOLDERS)
def test_pages_and_headings_exist(folder: str) -> None:
    """With the words of the heading, where one is named."""
    missing = [
        (str(path.relative_to(REPOSITORY)), page, heading)
        for path, page, heading in cited()
        if path.is_relative_to(REPOSITORY / folder) and not _is_there(page, heading)
    ]
    assert missing == []


def test_decisions_exist() -> None:
    """By their numbers."""
    there = {int(path.name[:4]) for path in (REPOSITORY / "docs" / "adr").glob("0*.md")}
    named = {int(number) for path in sources() for number in _DECISION.findall(_prose(path))}
    assert named <= there
    assert len(named) > 10


def _is_there(page: str, heading: str) -> bool:
    target = REPOSITORY / page
    if not target.is_file():
        return False
    anchor = heading.lower().replace(" ", "-")
    return not heading or anchor in anchors(target.read_text("utf-8"))
