"""The user that runs the server where we are root: made once, however many need it at once."""

from __future__ import annotations

import os
import pwd
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.database.postgres import binaries
from service.database.postgres.binaries import SYSTEM_USER, EmbeddedServerFailed, ServerUser

CONCURRENCY = 8

USERADD = """#!/bin/sh
for name; do :; done
echo "$name" >> "$ACCOUNTS/passwd"
"""


@pytest.fixture
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine's table of users, in a folder of its own; we are root there."""
    table = tmp_path / "passwd"
    table.touch()

    def getpwnam(name: str) -> pwd.struct_passwd:
        numbers = [n for n, line in enumerate(table.read_text().splitlines(), 900) if line == name]
        if not numbers:
            raise KeyError(name)
        return pwd.struct_passwd((name, "x", numbers[-1], numbers[-1], "", "/", "/bin/false"))

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", getpwnam)
    monkeypatch.setattr(binaries, "ACCOUNTS", tmp_path)
    monkeypatch.setenv("ACCOUNTS", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return tmp_path


@pytest.fixture
def useradd(accounts: Path) -> None:
    """The machine's program that adds a user."""
    program = accounts / "bin" / "useradd"
    program.parent.mkdir()
    program.write_text(USERADD)
    program.chmod(0o755)


@pytest.mark.usefixtures("useradd")
def test_many_at_once_make_one_user(accounts: Path) -> None:
    """Else the first entry is replaced while a server starts with its number."""
    with ThreadPoolExecutor(CONCURRENCY) as threads:
        users = list(threads.map(ServerUser.for_directory, [accounts / "none"] * CONCURRENCY))
    assert (accounts / "passwd").read_text() == f"{SYSTEM_USER}\n"
    assert {user.uid for user in users} == {900}


def test_a_machine_that_cannot_make_one_is_told_what_to_do(
    accounts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Start as somebody else, or bring a database."""
    monkeypatch.setenv("PATH", str(accounts))
    with pytest.raises(EmbeddedServerFailed, match="another user, or set SEGMENTS_DATABASE_URL"):
        ServerUser.for_directory(accounts / "none")
