"""One PostgreSQL server on one data directory: made, started, looked for, stopped.

Nothing here is safe against others doing the same at once: embedded.py holds the lock.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psutil
from psycopg.pq import PGconn, Ping

from service.database.postgres.binaries import EmbeddedServerFailed, ServerUser, programs, run

MAJOR_VERSION = "18"
PORT = 5432
"""No port is listened on; the number is part of the socket's name."""

MAX_SOCKET_PATH_BYTES = 103
"""Bytes; macOS allows this many, Linux four more."""

START_TIMEOUT = 300
"""Seconds. A server that was killed first redoes what is in its write-ahead log."""

CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "C")
"""Locales, of which the first that the machine knows is used. pg_trgm asks it what a letter is:
with C only ASCII is.
"""

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "cluster_name": "segments",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A week of logs, a file a day, in the data directory's log/.
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
}
"""Settings, written anew at each start. An operator's own ALTER SYSTEM takes precedence."""


class EmbeddedServer:
    """The server on `pgdata`. It asks for no password: its socket is open to its own user only."""

    def __init__(self, pgdata: Path, settings: Mapping[str, str]) -> None:
        self._pgdata = pgdata
        self._user = ServerUser.for_directory(pgdata)
        self._settings = {**SETTINGS, **settings}

    def start(self) -> None:
        """Creates the data if there is none, and returns when the server answers."""
        if not (self._pgdata / "PG_VERSION").exists():
            self._create_data()
        self._check_version()
        deadline = time.monotonic() + START_TIMEOUT
        while (answer := self._ping()) != Ping.OK:
            if time.monotonic() > deadline:
                raise EmbeddedServerFailed(f"the server does not start; see {self._pgdata}/log")
            if answer == Ping.REJECT or self._is_silently_alive():
                time.sleep(0.02)
            else:
                self._launch()

    def has_died(self) -> bool:
        """Whether there is data, and no process that serves it. Costs next to nothing."""
        return (self._pgdata / "PG_VERSION").exists() and not self._has_process()

    def url(self, database: str) -> str:
        """Returns the superuser's URL."""
        host = quote(str(self._socket_folder()), safe="/")
        return f"postgresql://postgres@/{database}?host={host}&port={PORT}"

    def stop(self) -> None:
        """Stops it in good order; connections are closed. It is no error when it is not running."""
        socket_folder = self._socket_folder()
        try:
            arguments = ["-D", ".", "-w", "-m", "fast", "stop"]
            run("pg_ctl", arguments, user=self._user, folder=self._pgdata)
            if socket_folder != self._pgdata:
                socket_folder.rmdir()
        except FileNotFoundError:
            return  # somebody removed the data
        except subprocess.CalledProcessError as failed:
            if self._ping() != Ping.NO_RESPONSE:
                raise EmbeddedServerFailed(f"the server does not stop: {failed.output}") from None

    def _create_data(self) -> None:
        """Creates the data beside its place, and moves it there: killed half-way, it begins
        anew.
        """
        if self._pgdata.exists() and any(self._pgdata.iterdir()):
            raise EmbeddedServerFailed(f"{self._pgdata} holds something else than a database")
        new = self._pgdata.with_name(self._pgdata.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self._user.give(new)
        self._user.make_reachable(new)
        self._user.make_reachable(programs() / "initdb")
        _initdb(new, self._user)
        with (new / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude 'segments.conf'\n")
        new.rename(self._pgdata)

    def _check_version(self) -> None:
        version = (self._pgdata / "PG_VERSION").read_text().strip()
        if version != MAJOR_VERSION:
            raise EmbeddedServerFailed(
                f"{self._pgdata} was made by PostgreSQL {version}; this release brings"
                f" {MAJOR_VERSION}"
            )

    def _ping(self) -> Ping:
        return Ping(PGconn.ping(f"{self.url('postgres')}&connect_timeout=5".encode()))

    def _is_silently_alive(self) -> bool:
        """Whether the process with the server's pid is this server: very young, or overloaded.

        Else the file is from before a crash. It goes, and so does the socket's: PostgreSQL itself
        would take a process that has the pid by now for the server, as it would a zombie. Should
        one live after all, the shared memory that it holds keeps a second one away from the data.
        """
        if self._has_process():
            return True
        (self._socket_folder() / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        (self._pgdata / "postmaster.pid").unlink(missing_ok=True)
        return False

    def _has_process(self) -> bool:
        """Whether the process with the server's pid works in the server's folder."""
        try:
            pid = int((self._pgdata / "postmaster.pid").read_text().split("\n", 1)[0])
            return Path(psutil.Process(pid).cwd()).samefile(self._pgdata)
        except (OSError, ValueError, psutil.Error):
            return False

    def _launch(self) -> None:
        self._configure()
        self._user.make_reachable(self._pgdata)
        self._user.make_reachable(programs() / "pg_ctl")
        arguments = ["-D", ".", "-w", "-t", str(START_TIMEOUT), "-l", "start.log", "start"]
        (self._pgdata / "start.log").unlink(missing_ok=True)
        try:
            run("pg_ctl", arguments, user=self._user, folder=self._pgdata)
        except subprocess.CalledProcessError as failed:
            said = self._last_words()
            if "shared memory block" in said:
                # Processes of a server that was killed are about to notice and leave.
                time.sleep(0.1)
                return
            raise EmbeddedServerFailed(
                f"PostgreSQL does not start in {self._pgdata}: {said or failed.output}"
            ) from None

    def _last_words(self) -> str:
        """Returns the last lines that a server which did not start logged: first to one file, then
        to the day's.
        """
        logs = [self._pgdata / "start.log", *(self._pgdata / "log").glob("*.log")]
        existing = [path for path in logs if path.exists()]
        if not existing:
            return ""
        newest = max(existing, key=lambda path: path.stat().st_mtime_ns)
        lines = newest.read_text(errors="replace").splitlines()
        return "\n".join(lines[-10:])

    def _configure(self) -> None:
        path = self._pgdata / "segments.conf"
        folder = _chosen_socket_folder(self._pgdata, self._user)
        settings = {**self._settings, "unix_socket_directories": f'"{folder}"'}
        path.write_text(
            "# Written at each start of the service. Use ALTER SYSTEM for changes of your own.\n"
            + "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())
        )
        self._user.give(path)

    def _socket_folder(self) -> Path:
        """Returns the folder of the running server's socket, or the one where it would be, when
        none is running.
        """
        try:
            lines = (self._pgdata / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            lines = []
        if len(lines) > 4 and lines[4]:
            return Path(lines[4])
        return _socket_folder_for(self._pgdata)


def _initdb(folder: Path, user: ServerUser) -> None:
    # The order of text is by code point, the same on every machine and after every upgrade.
    fixed = "--encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C"
    arguments = ["-D", ".", "-U", "postgres", "--auth=trust", *fixed.split()]
    for character_type in CHARACTER_TYPES:
        try:
            run("initdb", [*arguments, f"--lc-ctype={character_type}"], user=user, folder=folder)
            return
        except subprocess.CalledProcessError as failed:
            if "invalid locale name" not in failed.output or character_type == "C":
                raise EmbeddedServerFailed(f"initdb failed: {failed.output}") from None


def _socket_folder_for(pgdata: Path) -> Path:
    """Returns the data directory; where that path is too long for a socket, a short one."""
    if len(os.fsencode(pgdata / f".s.PGSQL.{PORT}")) <= MAX_SOCKET_PATH_BYTES:
        return pgdata
    # The inode: data made anew at the same place is not to meet the old server's socket.
    identity = f"{pgdata} {pgdata.stat().st_ino}" if pgdata.exists() else str(pgdata)
    name = hashlib.sha256(identity.encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"segments-{name}"


def _chosen_socket_folder(pgdata: Path, user: ServerUser) -> Path:
    """Creates the socket's folder, and makes sure that nobody else can listen or connect there."""
    folder = _socket_folder_for(pgdata)
    if folder == pgdata:
        return folder
    try:
        folder.mkdir(mode=0o700)
        user.give(folder)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid or found.st_mode & 0o077:
        raise EmbeddedServerFailed(f"{folder}, for the database's socket, belongs to another user")
    return folder


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
