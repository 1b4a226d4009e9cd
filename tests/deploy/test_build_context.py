"""The image's build is sent what the service is made of, and nothing else."""

from __future__ import annotations

import fnmatch
import functools
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.imports import top_level_names
from tests.deploy.build_context import is_sent
from tests.deploy.files import REPOSITORY, image

PYPROJECT: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
SETUPTOOLS = PYPROJECT["tool"]["setuptools"]
NOT_SOURCE = ("__pycache__", "built")


def files_in(package: str) -> list[Path]:
    """The source of a package, relative to the repository."""
    files = [path for path in (REPOSITORY / package).rglob("*") if path.is_file()]
    relative = [path.relative_to(REPOSITORY) for path in files]
    return [path for path in relative if not any(part in NOT_SOURCE for part in path.parts)]


@functools.cache
def packages() -> frozenset[str]:
    """Those of this repository that the command `segments` imports, itself or by way of others."""
    entry_point = PYPROJECT["project"]["scripts"]["segments"]
    found: set[str] = set()
    waiting = {entry_point.partition(".")[0]}
    while waiting:
        package = waiting.pop()
        found.add(package)
        sources = [REPOSITORY / path for path in files_in(package) if path.suffix == ".py"]
        imported = {name for source in sources for name in top_level_names(source)}
        waiting |= {name for name in imported if (REPOSITORY / name).is_dir()} - found
    return frozenset(found)


def copied() -> set[str]:
    """What the Dockerfile copies out of the build context."""
    arguments = [rest.split() for word, rest in image() if word == "COPY"]
    ours = [words for words in arguments if not words[0].startswith("--from")]
    return {source for *sources, _ in ours for source in sources}


def test_every_file_of_every_package_that_is_imported_is_sent() -> None:
    """A package that is left out is missed only when the image starts."""
    assert packages() >= {"service", "domain", "verifier"}
    files = [str(path) for package in packages() for path in files_in(package)]
    assert [path for path in files if not is_sent(path)] == []


def test_every_package_that_is_imported_is_installed() -> None:
    """By the patterns of pyproject.toml, which an installation in place does not need."""
    included = SETUPTOOLS["packages"]["find"]["include"]
    assert {name for name in packages() if f"{name}*" not in included} == set()


def test_what_packages_hold_beside_python_is_installed() -> None:
    """SQL and the schema are read from beside the code."""
    files = [path for package in packages() for path in files_in(package)]
    others = [path for path in files if path.suffix != ".py"]
    assert len(others) > 10
    patterns = SETUPTOOLS["package-data"]["*"]
    left_out = [
        path
        for path in others
        if not any(fnmatch.fnmatchcase(path.name, pattern) for pattern in patterns)
    ]
    assert left_out == []


def test_everything_that_is_copied_is_there_and_sent() -> None:
    """By the Dockerfile, one by one or as a folder; `COPY .` takes what is left."""
    named = copied() - {"."}
    assert "deploy/requirements.lock" in named
    assert {path for path in named if not (REPOSITORY / path).exists()} == set()
    assert {path for path in named if not is_sent(path)} == set()


def test_what_the_project_names_is_sent() -> None:
    """setuptools refuses to install where a file of these is missing."""
    project = PYPROJECT["project"]
    named = ["pyproject.toml", project["readme"], *project["license-files"]]
    assert [path for path in named if not (REPOSITORY / path).is_file()] == []
    assert [path for path in named if not is_sent(path)] == []


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("service/cli/app.py", True),
        ("service/database/migrations/0001_extensions.sql", True),
        ("web/package-lock.json", True),
        ("web/.npmrc", True),
        ("web/src/main.tsx", True),
        ("web/node_modules/react/package.json", False),
        ("web/tests/setup.ts", False),
        ("service/console/built/index.html", False),
        ("service/cli/__pycache__/app.cpython-311.pyc", False),
        ("tests/conftest.py", False),
        ("docker-compose.yml", False),
        (".env", False),
        (".data/keys/key.pem", False),
        (".git/config", False),
        ("deploy/postgres/roles.sql", False),
    ],
)
def test_sources_are_sent_but_no_secrets_tests_or_products(path: str, sent: bool) -> None:
    """What a developer happens to have built or installed is made anew."""
    assert is_sent(path) is sent
