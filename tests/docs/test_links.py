"""What the pages point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import REPOSITORY, anchors, links, name_of, pages, prose

PLACES = ("domain", "projections", "graph", "service", "tests", "bench", "deploy", "docs")
_NAMED = re.compile(rf"`((?:{'|'.join(PLACES)})/[\w./-]*)`")

every_page = pytest.mark.parametrize("page", pages(), ids=name_of)


def broken(page: Path) -> list[str]:
    """The links of a page that lead nowhere in the repository."""
    relative = (link for link in links(page.read_text("utf-8")) if not re.match(r"\w+:", link))
    return [link for link in relative if not leads_somewhere(page, *link.partition("#")[::2])]


def leads_somewhere(page: Path, path: str, anchor: str) -> bool:
    """Whether the file is there, and has the heading that is named, if one is."""
    target = page.parent / path if path else page
    return target.is_file() and (not anchor or anchor in anchors(target.read_text("utf-8")))


@every_page
def test_relative_links_lead_to_files(page: Path) -> None:
    """And to headings, where they name one."""
    assert broken(page) == []


@every_page
def test_files_that_are_named_exist(page: Path) -> None:
    """A path in code type is one of the repository."""
    named = _NAMED.findall(prose(page.read_text(encoding="utf-8")))
    assert [path for path in named if not (REPOSITORY / path).exists()] == []


def test_broken_links_are_found(tmp_path: Path) -> None:
    """A file that is not there, and a heading that is not."""
    page = tmp_path / "page.md"
    page.write_text("# One thing\n[a](page.md) [b](#one-thing) [c](no.md) [d](page.md#two)\n")
    assert broken(page) == ["no.md", "page.md#two"]


def test_every_page_of_the_documentation_is_linked_from_its_index() -> None:
    """Directly, or from the index of decisions."""
    indexes = [REPOSITORY / "docs" / "README.md", REPOSITORY / "docs" / "adr" / "README.md"]
    linked = {
        (index.parent / link).resolve() for index in indexes for link in links(index.read_text())
    }
    docs = {page for page in pages() if page.is_relative_to(REPOSITORY / "docs")}
    assert indexes[0] in docs
    assert {name_of(page) for page in docs - linked - {indexes[0]}} == set()
