"""The lists of files to edit are those that a neighbour is named in, and short enough."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCTION, sources
from tests.docs.pages import REPOSITORY, text_of

MAX_FILES = 20
PAGE = text_of("docs/how-to/add-a-feature.md")
FIELD, COMMAND = (
    re.findall(r"^\d+\. `(.+?)`", PAGE.split(f"## {title}\n")[1].split("\n## ")[0], re.MULTILINE)
    for title in ("6. A field that people fill in", "7. A command with its event")
)
NOT_NAMED = {"domain/segments/values.py", "domain/catalogue.py", "projections/version.py"}
"""Edited for a new field or event, though they name none of the old ones."""
SAMPLES = {"service/demo.py", "service/settings.py", "graph/audit/event_types.py"}
"""Made-up segments; and settings and types of events, which have descriptions as well."""
NAMES_OF_COMMAND = {"ArchiveSegment", "SegmentArchived", "archive_user_segment"}

_FIELD_IN_WEB = re.compile(r'^\s+description$|^\s+description: \{$|"segments\.description"', re.M)
_COMMAND_IN_WEB = re.compile(
    r'archiveUserSegment\b|segment\.archived|"segments\.archive"|\bARCHIVE\b', re.M
)


def _declares_field(tree: ast.AST) -> bool:
    return any(
        isinstance(field, ast.AnnAssign) and ast.unparse(field.target) == "description"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for field in node.body
    )


def _names_command(tree: ast.AST) -> bool:
    return any(
        getattr(node, attribute, None) in NAMES_OF_COMMAND
        for node in ast.walk(tree)
        for attribute in ("name", "id", "attr")
    )


def _python() -> Iterable[tuple[str, ast.AST]]:
    for path in sources(PRODUCTION):
        if path.suffix == ".py":
            yield path.as_posix(), ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))


def _web(pattern: re.Pattern[str]) -> set[str]:
    files = (p for p in (REPOSITORY / "web/src").rglob("*") if p.suffix in {".ts", ".tsx", ".json"})
    return {
        path.relative_to(REPOSITORY).as_posix()
        for path in files
        if not path.name.endswith(".d.ts") and pattern.search(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("files", [FIELD, COMMAND], ids=["a field", "a command"])
def test_few_files_are_edited_by_hand(files: list[str]) -> None:
    """All of them exist, and each stands there once."""
    assert 0 < len(files) <= MAX_FILES
    assert len(set(files)) == len(files)
    assert [name for name in files if not (REPOSITORY / name).is_file()] == []


def test_a_field_is_declared_in_those_files_alone() -> None:
    """As `description` is."""
    found = {name for name, tree in _python() if _declares_field(tree)} - SAMPLES
    tables = [Path("projections/segments/tables.sql")]
    found |= {t.as_posix() for t in tables if "description text" in (REPOSITORY / t).read_text()}
    found |= _web(_FIELD_IN_WEB)
    assert found == set(FIELD) - NOT_NAMED


def test_a_command_is_named_in_those_files_alone() -> None:
    """As `archiveUserSegment` and its event are."""
    found = {name for name, tree in _python() if _names_command(tree)} - SAMPLES
    found |= _web(_COMMAND_IN_WEB)
    assert found == set(COMMAND) - NOT_NAMED
