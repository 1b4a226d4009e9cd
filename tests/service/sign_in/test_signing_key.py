"""The data directory's key."""

from __future__ import annotations

import multiprocessing
import os
import stat
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from service.sign_in import signing_key as module
from service.sign_in.signing_key import signing_key

ROUNDS = 10
FILE = Path("keys", "token-signing.pem")


def test_the_key_is_its_owner_s_alone(tmp_path: Path) -> None:
    """File and folder, both, also when the folder was there; and no draft is left."""
    (tmp_path / "keys").mkdir(mode=0o755)
    signing_key(tmp_path)
    file = tmp_path / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [f.name for f in file.parent.iterdir()] == [file.name]


def test_the_key_stays_the_same(tmp_path: Path) -> None:
    """Made at first use, read ever after."""
    first = signing_key(tmp_path).as_pem(private=True)
    assert signing_key(tmp_path).as_pem(private=True) == first
    assert (tmp_path / FILE).read_bytes() == first


def test_the_loser_of_a_race_uses_the_winner_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose key is there by the time that one's own is ready."""
    winner = signing_key(tmp_path / "winner").as_pem(private=True)
    write = module._write

    def overtaken(draft: Path, pem: bytes) -> None:
        write(draft, pem)
        (tmp_path / FILE).write_bytes(winner)

    monkeypatch.setattr(module, "_write", overtaken)
    assert signing_key(tmp_path).as_pem(private=True) == winner
    assert [f.name for f in (tmp_path / "keys").iterdir()] == [FILE.name]


def test_a_failure_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A private key must not lie about under another name."""

    def full(_: object, __: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match="no space"):
        signing_key(tmp_path)
    assert list((tmp_path / "keys").iterdir()) == []


def make_keys(data_dir: Path, number: int, start: Barrier) -> None:
    """In a process of its own: one key a round, at the same moment as the others."""
    for turn in range(ROUNDS):
        start.wait(60)
        key = signing_key(data_dir / str(turn)).as_pem(private=True)
        (data_dir / f"{turn}-{number}").write_bytes(key)


def test_processes_that_make_it_at_once_agree(tmp_path: Path) -> None:
    """One wins, and all use that one's."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(3)
    processes = [
        context.Process(target=make_keys, args=(tmp_path, number, start)) for number in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    for turn in range(ROUNDS):
        found = {(tmp_path / f"{turn}-{number}").read_bytes() for number in range(3)}
        assert found == {(tmp_path / str(turn) / FILE).read_bytes()}
