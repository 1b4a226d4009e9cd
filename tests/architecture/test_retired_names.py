"""Names that were retired stay away: docs/adr/retired-names.md says which, and where (ADR 42)."""

from __future__ import annotations

import io
import re
import tokenize
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import sources
from tests.docs.pages import REPOSITORY, text_of

PAGE = text_of("docs/adr/retired-names.md")

_ROW = re.compile(r"^\| (`.+`) \| (`.+`) \| (.+) \|$", re.MULTILINE)
_NAME = re.compile(r"`([^`]+)`")
_NO_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", re.DOTALL)
_WORD = re.compile(r"[A-Za-z_$][\w$]*")

ROWS = [
    (_NAME.findall(retired), _NAME.findall(instead), where.split(", "))
    for retired, instead, where in _ROW.findall(PAGE)
]


def names_of(path: str, text: str) -> set[str]:
    """The names in a file's code, strings and comments aside, and those of its path."""
    own = set(_WORD.findall(path))
    if path.endswith(".py"):
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        return own | {token.string for token in tokens if token.type == tokenize.NAME}
    return own | set(_WORD.findall(_NO_CODE.sub(" ", text)))


@cache
def _names() -> dict[str, set[str]]:
    texts = {path.as_posix(): (REPOSITORY / path).read_text("utf-8") for path in sources()}
    return {path: names_of(path, text) for path, text in texts.items()}


def _is_in(path: str, where: list[str]) -> bool:
    return where == ["everywhere"] or any(Path(path).is_relative_to(folder) for folder in where)


@pytest.mark.parametrize(
    ("retired", "where"), [pytest.param(old, where, id=old[0]) for old, _, where in ROWS]
)
def test_no_retired_name_is_in_use(retired: list[str], where: list[str]) -> None:
    """Whoever needs a name finds the field's own in the middle column."""
    found = {
        path: sorted(name for name in names if any(fnmatchcase(name, old) for old in retired))
        for path, names in _names().items()
        if _is_in(path, where)
    }
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("instead", [pytest.param(new, id=old[0]) for old, new, _ in ROWS])
def test_what_is_in_its_place_is_there(instead: list[str]) -> None:
    """The list does not outlive what it names."""
    assert set(instead) - set().union(*_names().values()) == set()


def test_the_list_is_read() -> None:
    """Every row of the page, and folders that are there."""
    assert len(ROWS) == PAGE.count("\n|") - 2
    folders = {folder for _, _, where in ROWS for folder in where} - {"everywhere"}
    assert [folder for folder in folders if not (REPOSITORY / folder).is_dir()] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("domain/a.py", "def fact(of): ...\n"),
        ("domain/a.py", "from domain import fact\n"),
        ("domain/fact.py", ""),
        ("web/src/a.ts", 'import { fact } from "~/a";\n'),
        ("web/src/fact.ts", ""),
    ],
    ids=["definition", "import", "module", "import in TypeScript", "module in TypeScript"],
)
def test_a_name_is_found_in_code(path: str, text: str) -> None:
    """As a definition, an import, or a file."""
    assert "fact" in names_of(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("domain/a.py", '"""A fact."""\nKEY = "fact"  # of a fact\nfact_of = 1\n'),
        ("web/src/a.ts", 'const key = "fact"; // a fact\n'),
    ],
    ids=["Python", "TypeScript"],
)
def test_words_are_not_names(path: str, text: str) -> None:
    """What strings and comments say is no name."""
    assert "fact" not in names_of(path, text)
