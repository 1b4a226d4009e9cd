"""What the code imports is what pyproject.toml declares."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.imports import top_level_names

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("domain", "projections", "graph", "service", "verifier")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]


def declared(*requirements: str) -> set[str]:
    """The names of the distributions. psycopg[pool] declares psycopg-pool, too."""
    wanted = [Requirement(text) for text in requirements]
    extras = {f"{one.name}-{extra}" for one in wanted for extra in one.extras}
    return {canonicalize_name(name) for name in extras | {one.name for one in wanted}}


def imported(*folders: str) -> set[str]:
    """The distributions of what the code below the folders imports."""
    files = [file for folder in folders for file in (REPOSITORY / folder).rglob("*.py")]
    modules = {name for file in files for name in top_level_names(file)}
    modules -= sys.stdlib_module_names | {*PACKAGES, "tests", "bench"}
    found = packages_distributions()
    return {canonicalize_name(name) for module in modules for name in found[module]}


def test_the_service_imports_what_it_declares() -> None:
    """Nothing that is there only because something else needs it today."""
    found = imported(*PACKAGES)
    assert {"starlette", "psycopg"} <= found
    assert found - declared(*PROJECT["dependencies"]) == set()


def test_tests_and_benchmarks_import_what_is_declared() -> None:
    """By the service, or for development."""
    development = PROJECT["optional-dependencies"]["dev"]
    known = declared(*PROJECT["dependencies"], *development)
    found = imported("tests", "bench")
    assert {"pytest", "psycopg"} <= found
    assert found - known == set()
