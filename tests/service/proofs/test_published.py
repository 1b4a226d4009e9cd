"""Checkpoints outside the database: a file, and a command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from projections.proofs.note import Checkpoint, Verifier, signed
from service.proofs.published import PublishedFile, whole_notes

ORIGIN = "example.org/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
VERIFIER = Verifier(ORIGIN, KEY.public_key())


def note(size: int) -> str:
    return signed(Checkpoint(ORIGIN, size, bytes(32), size), [KEY])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Not there yet, nor is its folder."""
    return tmp_path / "checkpoints" / "log.checkpoints"


def published(file: Path, command: str | None = None) -> PublishedFile:
    return PublishedFile(file, [VERIFIER], command)


def test_notes_stand_one_after_the_other(file: Path) -> None:
    """Each whole, an empty line after each; the last one is found, by another process, too."""
    assert published(file).last() is None
    for size in range(1, 200):
        published(file).publish(note(size))
        assert published(file).last() == note(size)
    assert whole_notes(file.read_text()) == ([note(size) for size in range(1, 200)], "")


def test_the_keys_stand_beside_them(file: Path) -> None:
    """Once each, however often something is published."""
    assert published(file).known() == []
    published(file).publish(note(1))
    published(file).publish(note(2))
    assert file.with_name("log.vkeys").read_text() == f"{VERIFIER.vkey}\n"
    assert [known.vkey for known in published(file).known()] == [VERIFIER.vkey]


def test_a_note_that_a_crash_cut_off_is_left_aside(file: Path) -> None:
    """What was published before it counts, and what comes after it can be read."""
    published(file).publish(note(1))
    whole = file.read_bytes()
    for length in (1, 20, len(note(2)) - 3):
        file.write_bytes(whole + note(2).encode()[:length])
        assert published(file).last() == note(1)
        published(file).publish(note(3))
        assert published(file).last() == note(3)


def test_a_command_is_given_each_note(file: Path, tmp_path: Path) -> None:
    """On its standard input, without a shell."""
    target = tmp_path / "two words"
    script = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    command = f'{sys.executable} -c "{script}" "{target}"'
    published(file, command).publish(note(1))
    published(file, command).publish(note(2))
    assert target.read_text() == note(1) + note(2)


def test_a_command_that_fails_is_told(file: Path) -> None:
    """The note stands in the file all the same."""
    with pytest.raises(subprocess.CalledProcessError):
        published(file, "false").publish(note(1))
    assert published(file).last() == note(1)
