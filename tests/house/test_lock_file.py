"""The lock files pin everything, by hash, and say nothing of where it came from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[2]
EVERYTHING = REPOSITORY / "requirements.lock"
IMAGE = REPOSITORY / "deploy" / "requirements.lock"
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]

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
