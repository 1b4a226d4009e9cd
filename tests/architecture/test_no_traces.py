"""What is committed says nothing of where it was made or fetched from."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
NOT_OURS = {"node_modules", "__pycache__", "build", "dist"}

TRACES = {
    "the address of a package": r"https?://[^\s\"'<>]+\.(?:whl|tgz|tar\.gz|tar\.bz2|zip|deb)\b",
    "a lock file's address": r"\bresolved[\"']?[\s:=]+[\"']?(?:https?|file):",
    "an index to fetch from": r"--(?:extra-)?index-url|--find-links|--trusted-host",
    "somebody's home": r"(?<![\w.~:/-])/(?:home|Users|root)/[\w.-]+",
    "somebody's drive": r"\b[A-Za-z]:\\Users\\",
}


def committed() -> list[Path]:
    """What git knows; without git (an unpacked archive) everything but what tools make."""
    if (REPOSITORY / ".git").exists():
        command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
        listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True).stdout
        return [REPOSITORY / os.fsdecode(name) for name in listed.split(b"\0") if name]
    return list(walked(REPOSITORY))


def walked(folder: Path) -> Iterator[Path]:
    """All files below, but for hidden folders and what tools make."""
    for path in folder.iterdir():
        if not path.is_dir():
            yield path
        elif not path.name.startswith(".") and path.name not in NOT_OURS:
            yield from walked(path)


def traces(text: str) -> list[str]:
    """What of it is found in a text."""
    return [name for name, pattern in TRACES.items() if re.search(pattern, text)]


def test_no_committed_file_holds_a_trace() -> None:
    """Neither an address that something was downloaded from, nor a path of one machine."""
    files = [path for path in committed() if path.is_file() and path != Path(__file__)]
    assert REPOSITORY / "pyproject.toml" in files
    texts = {path: path.read_bytes().decode(errors="replace") for path in files}
    found = {str(path.relative_to(REPOSITORY)): traces(text) for path, text in texts.items()}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "https://packages.example/a/b/thing-1.0-py3-none-any." + "whl#sha256=00",
            id="address of a wheel",
        ),
        pytest.param(
            '"resolved"' + ': "https://packages.example/thing"', id="address in a lock file"
        ),
        pytest.param("resolved 'file:../thing'", id="file in a lock file"),
        pytest.param("--extra-index-url https://packages.example/simple", id="index"),
        pytest.param("cd /home/somebody/project", id="home on Linux"),
        pytest.param("x = '/Users/somebody/project'", id="home on macOS"),
        pytest.param(r"C:\Users\somebody", id="home on Windows"),
    ],
)
def test_traces_are_recognised(text: str) -> None:
    """Each kind of them."""
    assert traces(text)


@pytest.mark.parametrize(
    "text",
    ["https://example.org/spec.html", "/var/lib/segments", "a resolved promise", "~/home/x"],
)
def test_the_harmless_is_left_alone(text: str) -> None:
    """Links to what one may read, paths that every machine has, words."""
    assert traces(text) == []
