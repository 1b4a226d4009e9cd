"""The embedded server: one a data directory, for any number of processes, however they end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql

from service.database.postgres import watch
from service.database.postgres.binaries import EmbeddedServerFailed
from service.database.postgres.embedded import embedded
from service.database.postgres.server import MAX_SOCKET_PATH_BYTES, EmbeddedServer
from tests.conftest import NOT_DURABLE

pytestmark = pytest.mark.slow

WAIT_TIMEOUT_S = 30.0

spawned = multiprocessing.get_context("spawn")


def ask(url: str, query: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute(sql.SQL(query)).fetchone()
    assert row is not None
    return str(row[0])


def server(url: str) -> str:
    """What no two servers share."""
    return ask(url, "SELECT pg_postmaster_start_time()")


def is_running(data_dir: Path) -> bool:
    return (data_dir / "postgres" / "postmaster.pid").exists()


def use(data_dir: Path, pipe: Connection) -> None:
    """In another process: uses the server until told to leave."""
    with embedded(data_dir, NOT_DURABLE) as url:
        pipe.send(server(url))
        pipe.poll(WAIT_TIMEOUT_S)


class User:
    """Another process that uses the server."""

    def __init__(self, data_dir: Path) -> None:
        self._pipe, theirs = spawned.Pipe()
        self.process = spawned.Process(target=use, args=[data_dir, theirs])
        self.process.start()
        theirs.close()

    def server(self) -> str:
        assert self._pipe.poll(WAIT_TIMEOUT_S)
        return str(self._pipe.recv())

    def leave(self) -> None:
        self._pipe.send("leave")
        self._gone()

    def kill(self) -> None:
        self.process.kill()
        self._gone()

    def _gone(self) -> None:
        self.process.join(WAIT_TIMEOUT_S)
        assert self.process.exitcode is not None
        self._pipe.close()


@contextmanager
def users(data_dir: Path, number: int) -> Iterator[list[User]]:
    made = [User(data_dir) for _ in range(number)]
    try:
        yield made
    finally:
        for user in made:
            if user.process.is_alive():
                user.kill()


def test_is_stopped_by_the_last_to_leave(data_dir: Path) -> None:
    """Whoever started it."""
    with users(data_dir, 1) as (first,), embedded(data_dir) as url:
        assert first.server() == server(url)
        first.leave()
        assert ask(url, "SELECT 'still there'") == "still there"
    assert not is_running(data_dir)


def test_one_process_may_use_it_more_than_once(data_dir: Path) -> None:
    """As the command line's commands do within tests."""
    with embedded(data_dir) as outer:
        with embedded(data_dir) as inner:
            assert inner == outer
        assert ask(outer, "SELECT 'still there'") == "still there"
    assert not is_running(data_dir)


def test_outlives_a_killed_user_and_serves_the_next(data_dir: Path) -> None:
    """And the killed one is not counted: the next one out stops it."""
    with users(data_dir, 1) as (user,):
        before = user.server()
        user.kill()
    assert is_running(data_dir)
    with embedded(data_dir) as url:
        assert server(url) == before
    assert not is_running(data_dir)


def test_two_that_start_at_once_share_a_server(tmp_path: Path) -> None:
    """On a directory in which nothing is yet, or half of it: its maker was killed."""
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")
    with users(tmp_path, 2) as (one, other):
        assert one.server() == other.server()
        one.leave()
        assert is_running(tmp_path)
        other.leave()
    assert not is_running(tmp_path)


def test_keeps_what_was_committed_when_the_server_is_killed(data_dir: Path) -> None:
    """The next start recovers it."""
    with embedded(data_dir, {"fsync": "on", "synchronous_commit": "on"}) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (number integer)")
            connection.execute("INSERT INTO kept VALUES (1)")
        killed = int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(killed, signal.SIGKILL)
        with embedded(data_dir) as again:
            assert ask(again, "SELECT max(number) FROM kept") == "1"


def kill(data_dir: Path, how: signal.Signals) -> None:
    """The server's first process; returns once it is gone."""
    process = psutil.Process(int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0]))
    process.send_signal(how)
    process.wait(WAIT_TIMEOUT_S)


def next_server(url: str, before: str) -> str:
    """The first to answer that is another one."""
    end = time.monotonic() + WAIT_TIMEOUT_S
    while time.monotonic() < end:
        with suppress(psycopg.OperationalError):
            if (found := server(url)) != before:
                return found
    raise TimeoutError


@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGKILL])
def test_one_that_dies_is_started_again(
    data_dir: Path, how: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, by one of those who use it; the last to leave stops it as ever."""
    monkeypatch.setattr(watch, "LOOK", 0.01)
    with users(data_dir, 1) as (user,), embedded(data_dir, NOT_DURABLE) as url:
        before = user.server()
        kill(data_dir, how)
        after = next_server(url, before)
        user.leave()
        assert server(url) == after
    assert not is_running(data_dir)


def test_data_that_are_gone_are_not_made_anew(data_dir: Path) -> None:
    """Somebody removed them: an empty database in their place would look as if all were well."""
    found = EmbeddedServer(data_dir / "postgres", NOT_DURABLE)
    with embedded(data_dir, NOT_DURABLE):
        assert not found.has_died()
    assert found.has_died()
    assert not EmbeddedServer(data_dir / "elsewhere", NOT_DURABLE).has_died()


@pytest.mark.parametrize("pid", [None, 1, 2**22 + 1], ids=["ours", "root's", "nobody's"])
def test_is_not_deceived_by_a_stale_pid(data_dir: Path, pid: int | None) -> None:
    """After a crash the pid in the file may be another process's by now, or nobody's."""
    folder = data_dir / "postgres"
    lines = [
        pid or os.getpid(),
        folder,
        1700000000,
        5432,
        folder,
        "",
        "  1234567   1234567",
        "ready   ",
    ]
    (folder / "postmaster.pid").write_text("".join(f"{line}\n" for line in lines))
    (folder / ".s.PGSQL.5432.lock").write_text("".join(f"{line}\n" for line in lines))
    with embedded(data_dir) as url:
        assert ask(url, "SELECT 'new'") == "new"


def test_has_sane_settings(data_dir: Path) -> None:
    """UTF-8 and UTC whatever the machine's locale and zone are; nothing listens on a network."""
    with embedded(data_dir) as url:
        assert ask(url, "SHOW server_encoding") == "UTF8"
        assert ask(url, "SHOW timezone") == "UTC"
        assert ask(url, "SHOW max_connections") == "200"
        assert ask(url, "SHOW listen_addresses") == ""
        assert ask(url, "SHOW fsync") == "on"
        assert ask(url, "SELECT lower('ÄÖÜ') || ('語' ~ '[[:alpha:]]')") == "äöütrue"


def test_keeps_an_operators_own_settings(data_dir: Path) -> None:
    """ALTER SYSTEM wins over what is written at each start."""
    with embedded(data_dir) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET max_connections = 150")
    with embedded(data_dir) as url, psycopg.connect(url, autocommit=True) as connection:
        assert ask(url, "SHOW max_connections") == "150"
        connection.execute("ALTER SYSTEM RESET max_connections")


def test_takes_a_path_that_is_too_long_for_a_socket(tmp_path: Path) -> None:
    """The socket, which asks for no password, then stands in a folder that is the server's only."""
    deep = tmp_path / ("d" * MAX_SOCKET_PATH_BYTES)
    with embedded(deep, NOT_DURABLE) as url:
        folder = Path(ask(url, "SHOW unix_socket_directories").strip('"'))
        assert not folder.is_relative_to(deep)
        assert folder.stat().st_mode & 0o077 == 0
        assert folder.stat().st_uid == (deep / "postgres").stat().st_uid
    assert not folder.exists()


def test_refuses_data_of_another_major_version(tmp_path: Path) -> None:
    """Before anything is touched, and saying which."""
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedServerFailed, match="made by PostgreSQL 17"), embedded(tmp_path):
        pass


def test_refuses_a_folder_of_something_else(tmp_path: Path) -> None:
    """What is in it is left alone."""
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "thesis.txt").write_text("precious")
    with pytest.raises(EmbeddedServerFailed, match="something else"), embedded(tmp_path):
        pass
    assert (tmp_path / "postgres" / "thesis.txt").read_text() == "precious"


def test_says_why_the_server_does_not_start(data_dir: Path) -> None:
    """In PostgreSQL's own words."""
    wrong = {"shared_buffers": "plenty"}
    with (
        pytest.raises(EmbeddedServerFailed, match='invalid value for parameter "shared_buffers"'),
        embedded(data_dir, wrong),
    ):
        pass
