"""The pages for people: which there are, and what stands in them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block of a page: its language, and its text."""

    language: str
    text: str


def pages() -> list[Path]:
    """Every Markdown file that is, or is about to be, committed."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
    if (REPOSITORY / ".git").exists():
        listed = subprocess.run(
            [*command, "--exclude-standard", "*.md"],
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
        )
        found = [REPOSITORY / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
        return sorted(path for path in found if path.is_file())
    return sorted([*REPOSITORY.glob("*.md"), *DOCS.rglob("*.md")])


def name_of(page: Path) -> str:
    """A page's path in the repository."""
    return page.relative_to(REPOSITORY).as_posix()


def text_of(name: str) -> str:
    """What a page says."""
    return (REPOSITORY / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    """The fenced blocks, in order."""
    return [Block(match[1], match[2]) for match in _FENCE.finditer(text)]


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", text)


def links(text: str) -> Iterator[str]:
    """Where the page's links lead."""
    return (match[1] for match in _LINK.finditer(prose(text)))


def anchors(text: str) -> set[str]:
    """What a link may name after the #: each heading in small letters, blanks as hyphens."""
    headings = (match[1].lower() for match in _HEADING.finditer(prose(text)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}
