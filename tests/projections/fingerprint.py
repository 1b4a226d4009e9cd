"""A hash of what makes the read model: the SQL of its slices, and the code of their folds."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from projections.site import SITE
from tests.docs.pages import REPOSITORY

SCRIPTS = ("tables.sql", "indexes.sql", "caught_up.sql")
_COMMENT = re.compile(r"--[^\n]*")
_BLANKS = re.compile(r"\s+")


def fingerprint() -> str:
    """Neither comments, docstrings, blanks, imports nor the names of files count."""
    digest = hashlib.sha256()
    for text in sorted([*_scripts(), *map(_code, _modules())]):
        digest.update(text.encode())
    return digest.hexdigest()[:16]


def _scripts() -> Iterator[str]:
    folders = [REPOSITORY.joinpath(*package.split(".")) for package in SITE.sql_packages]
    for path in (folder / name for folder in folders for name in SCRIPTS):
        if path.is_file():
            yield _BLANKS.sub(" ", _COMMENT.sub("", path.read_text("utf-8"))).strip()


def _modules() -> set[Path]:
    """The modules of the folds, and all of projections that these import."""
    found: set[Path] = set()
    waiting = [_file(type(fold).__module__) for fold in SITE.folds()]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [_file(name) for name in _imports(path) if name.startswith("projections.")]
    return found


def _file(module: str) -> Path:
    return REPOSITORY.joinpath(*module.split(".")).with_suffix(".py")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _code(path: Path) -> str:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [one for one in node.body if not _is_told_only(one)]
    return ast.dump(tree)


def _is_told_only(node: ast.stmt) -> bool:
    """Docstrings, and where names come from."""
    is_prose = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_prose or isinstance(node, ast.Import | ast.ImportFrom)
