"""PostgreSQL as the service `database` of docker-compose.yml has it: on TCP, with passwords."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo

from service.database.postgres.binaries import ServerUser, programs, run
from tests.deploy.files import ROLES

CONFIGURATION = """
listen_addresses = '127.0.0.1'
port = 5432
unix_socket_directories = '.'
"""


@contextmanager
def compose_database(folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """A server on port 5432 of loopback, on which roles.sql has run; stopped after the block."""
    folder.mkdir(mode=0o700)
    user = ServerUser.for_directory(folder / "data")
    user.give(folder)
    user.make_reachable(folder)
    user.make_reachable(programs() / "initdb")
    access = ["--username=postgres", "--auth-local=trust", "--auth-host=scram-sha-256"]
    arguments = [*access, *environment["POSTGRES_INITDB_ARGS"].split()]
    run("initdb", ["-D", "data", *arguments], user=user, folder=folder)
    with (folder / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION)
    run("pg_ctl", ["-D", "data", "-w", "-l", "log", "start"], user=user, folder=folder)
    try:
        superuser = make_conninfo(user="postgres", dbname="postgres", host=str(folder / "data"))
        make_roles(superuser, environment)
        yield
    finally:
        run("pg_ctl", ["-D", "data", "-w", "-m", "fast", "stop"], user=user, folder=folder)


def make_roles(superuser: str, passwords: Mapping[str, str]) -> None:
    """Runs roles.sql as the database image's entry point does."""
    options = ["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1"]
    command = [str(programs() / "psql"), *options, "-d", superuser, "-f", str(ROLES)]
    subprocess.run(command, env={**os.environ, **passwords}, check=True)
