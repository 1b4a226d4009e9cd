"""The contracts of pyproject.toml hold, and each catches what it is there to catch."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.architecture.imports import modules_imported

REPOSITORY = Path(__file__).parents[2]
LINT_IMPORTS = str(Path(sys.executable).with_name("lint-imports"))
PACKAGES = ("domain", "projections", "graph", "service")
OBJECTS = "graph.objects"


OFFENCES = [
    ("domain.people.events", "import domain.segments.events", "Slices of the domain"),
    ("domain.segments.sideways", "import domain.people.events", "Slices of the domain"),
    ("domain.kernel.upward", "import domain.segments.events", "Slices of the domain"),
    ("projections.engine.upward", "import projections.site", "The engine of projections"),
    (
        "projections.people.sideways",
        "import projections.segments.fold",
        "The engine of projections",
    ),
    ("domain.segments.upward", "import projections.site", "Imports run one way"),
    ("projections.segments.upward", "import graph.schema", "Imports run one way"),
    ("graph.segments.upward", "import service.settings", "Imports run one way"),
    ("graph.segments.sideways", "import graph.people.inputs", "Slices of the graph"),
    ("graph.objects.upward", "import graph.segments.inputs", "Slices of the graph"),
    ("graph.support.upward", "import graph.objects.refs", "Slices of the graph"),
    ("graph.support.limits.upward", "import graph.support.context", "What supports the graph"),
    ("domain.segments.web", "import starlette.requests", "The domain knows no web"),
    ("domain.uploads.csv.upward", "import domain.uploads.options", "Uploads stand on a CSV"),
    ("domain.uploads.csv.rule", "import domain.people.values", "The CSV reader knows no"),
    ("domain.kernel.sql", "import psycopg", "The domain knows no web"),
    ("projections.segments.web", "import starlette.requests", "Projections know no web"),
]


def copy_to(folder: Path) -> None:
    """The packages and the contracts, to break."""
    for package in PACKAGES:
        source = REPOSITORY / package
        shutil.copytree(source, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", folder)


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a tree with all of the offences."""
    tree = tmp_path_factory.mktemp("offended")
    copy_to(tree)
    for module, line, _ in OFFENCES:
        add(tree, module, line)
    code, said = lint(tree)
    assert code == 1, said
    return said


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


def test_the_tree_keeps_every_contract(tmp_path: Path) -> None:
    """As it is committed."""
    copy_to(tmp_path)
    code, said = lint(tmp_path)
    assert code == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(("module", "line", "contract"), OFFENCES, ids=[o[0] for o in OFFENCES])
def test_an_offending_import_is_named(findings: str, module: str, line: str, contract: str) -> None:
    """Sideways, upward, and the web or SQL in the wrong room."""
    assert broken(findings, contract), findings
    (told,) = [part for part in reports(findings) if part.startswith(contract)]
    assert f"{module} -> {line.removeprefix('import ').split('.')[0]}" in told


@pytest.mark.parametrize("package", ["domain", "graph"])
def test_a_new_room_must_say_where_it_stands(tmp_path: Path, package: str) -> None:
    """Else no contract would look at what it imports."""
    copy_to(tmp_path)
    add(tmp_path, f"{package}.homeless.events", "import datetime")
    code, said = lint(tmp_path)
    assert code == 1, said
    assert broken(said, f"Slices of the {package}"), said
    assert f"{package}.homeless" in said


def test_only_object_types_of_the_graph_import_each_other() -> None:
    """All other modules stand on what they import, without a circle."""
    TopologicalSorter(imports_beside_objects(REPOSITORY)).prepare()


def test_a_circle_is_found(tmp_path: Path) -> None:
    """Also one within a package, on which no contract looks."""
    copy_to(tmp_path)
    add(tmp_path, "graph.segments.there", "import graph.segments.back")
    add(tmp_path, "graph.segments.back", "import graph.segments.there")
    with pytest.raises(CycleError, match=r"graph\.segments\.there"):
        TopologicalSorter(imports_beside_objects(tmp_path)).prepare()


def imports_beside_objects(tree: Path) -> dict[str, set[str]]:
    """What each module of the tree imports; all of graph/objects/ is one."""
    imports = modules_imported(tree, *PACKAGES)
    assert "graph.objects.segment" in imports
    merged: dict[str, set[str]] = {}
    for module, imported in imports.items():
        merged.setdefault(_merged(module), set()).update(map(_merged, imported))
    merged[OBJECTS].discard(OBJECTS)
    return merged


def _merged(module: str) -> str:
    return OBJECTS if module.startswith(f"{OBJECTS}.") else module


def broken(said: str, contract: str) -> bool:
    """Whether lint-imports called the contract of that name broken."""
    lines = said.splitlines()
    return any(line.startswith(contract) and line.endswith("BROKEN") for line in lines)


def reports(said: str) -> list[str]:
    """What is told of each broken contract, beginning with its name."""
    details = said.partition("Broken contracts")[2]
    return re.split(r"\n(?=[^\n]+\n-+\n)", details)
