"""The contracts of pyproject.toml hold, and each catches what it is there to catch."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
LINT_IMPORTS = str(Path(sys.executable).with_name("lint-imports"))
PACKAGES = ("domain", "projections", "graph", "service")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the packages and of the contracts, to break."""
    for package in PACKAGES:
        source = REPOSITORY / package
        shutil.copytree(source, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def lint(tree: Path) -> tuple[int, str]:
    """The exit code of lint-imports in the tree, and what it said."""
    command = [LINT_IMPORTS, "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def add(tree: Path, module: str, line: str) -> None:
    """Puts a module with one line into the tree, in a new package if need be."""
    file = tree.joinpath(*module.split(".")).with_suffix(".py")
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    file.write_text(line + "\n")


def test_the_tree_keeps_every_contract(copy: Path) -> None:
    """As it is committed."""
    code, said = lint(copy)
    assert code == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain.people.events", "import domain.segments.events", "Slices of the domain"),
        ("domain.segments.sideways", "import domain.people.events", "Slices of the domain"),
        ("domain.kernel.upward", "import domain.segments.events", "Slices of the domain"),
        ("domain.segments.upward", "import projections.site", "Imports run one way"),
        ("projections.segments.upward", "import graph.schema", "Imports run one way"),
        ("graph.segments.upward", "import service.settings", "Imports run one way"),
        ("domain.segments.web", "import starlette.requests", "The domain knows no web"),
        ("domain.kernel.sql", "import psycopg", "The domain knows no web"),
        ("projections.segments.web", "import starlette.requests", "Projections know no web"),
    ],
)
def test_an_offending_import_is_named(copy: Path, module: str, line: str, contract: str) -> None:
    """Sideways, upward, and the web or SQL in the wrong room."""
    add(copy, "domain.people.events", "")
    add(copy, module, line)
    code, said = lint(copy)
    assert code == 1, said
    assert broken(said, contract), said
    assert f"{module} -> {line.removeprefix('import ').split('.')[0]}" in said


def test_a_new_room_of_the_domain_must_say_where_it_stands(copy: Path) -> None:
    """Else no contract would look at what it imports."""
    add(copy, "domain.homeless.events", "import datetime")
    code, said = lint(copy)
    assert code == 1, said
    assert broken(said, "Slices of the domain"), said
    assert "domain.homeless" in said


def broken(said: str, contract: str) -> bool:
    """Whether lint-imports called the contract of that name broken."""
    lines = said.splitlines()
    return any(line.startswith(contract) and line.endswith("BROKEN") for line in lines)
