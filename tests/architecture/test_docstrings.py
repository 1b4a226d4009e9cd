"""Docstrings begin with what a thing is or does: with a noun or a verb, not with a clause."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import REPOSITORY

FINISHED = ("domain", "projections", "service")
"""Packages, with all below them. A further one is added once its docstrings are rewritten."""

CLAUSES = (
    *("What", "Who", "Whom", "Whose", "How", "Where", "Which", "When", "Why", "That", "Of"),
    *("Whatever", "Whoever", "Whichever"),
)
"""First words of clauses and of fragments. "Whether" begins the docstring of a predicate."""


def clauses_in(code: str) -> list[str]:
    """Returns the first lines of the docstrings that begin so, those of attributes, too."""
    return [text.splitlines()[0] for text in _docstrings(code) if _first_word(text) in CLAUSES]


def _docstrings(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0].rstrip(",:;")


def _modules(package: str) -> list[Path]:
    return sorted((REPOSITORY / package).rglob("*.py"))


@pytest.mark.parametrize("package", FINISHED)
def test_no_docstring_begins_with_a_clause(package: str) -> None:
    """A reader learns what a thing is from the first words, without the code."""
    found = {path: clauses_in(path.read_text(encoding="utf-8")) for path in _modules(package)}
    assert found
    assert {str(path): texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "code",
    [
        '"""What a thing is made of."""',
        'def size() -> int:\n    """How many there are."""',
        'class Thing:\n    """Who, and when."""',
        'SIZE = 1\n"""Of a thing."""',
    ],
    ids=["module", "function", "class", "attribute"],
)
def test_a_clause_is_found(code: str) -> None:
    """Wherever a docstring may stand."""
    assert len(clauses_in(code)) == 1


@pytest.mark.parametrize(
    "code",
    ['"""Whether it is there."""', '"""Whatsoever."""', 'def f():\n    return """What."""'],
    ids=["predicate", "longer word", "no docstring"],
)
def test_other_texts_are_none(code: str) -> None:
    """Predicates begin with Whether, and other texts with what they like."""
    assert clauses_in(code) == []
