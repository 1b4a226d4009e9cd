"""What docker-compose.yml runs in containers, run here against a real server."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from service.database.postgres.binaries import ServerUser, run
from service.database.postgres.embedded import embedded
from tests.acceptance.service import SEGMENTS, serving
from tests.conftest import NOT_DURABLE
from tests.deploy.files import ENVIRONMENTS, SERVICES, health_check
from tests.image.database import make_roles

PASSWORDS = {"DATABASE_OWNER_PASSWORD": "o'wner \\", "DATABASE_APP_PASSWORD": '$ap"p'}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """For data of PostgreSQL. Not pytest's: see `server_url` in tests/conftest.py."""
    with tempfile.TemporaryDirectory(prefix="segments-tests-") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def superuser_url(folder: Path) -> Iterator[str]:
    """A server of its own, as roles are the server's, on which roles.sql has run."""
    with embedded(folder / "deployed", NOT_DURABLE) as url:
        maintenance = make_conninfo(url, dbname="postgres")
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute("DROP DATABASE segments")
        make_roles(maintenance, PASSWORDS)
        yield url


@pytest.fixture(scope="module")
def migrated(superuser_url: str) -> str:
    """The same after the service `migrate`."""
    environment = {**os.environ, "SEGMENTS_DATABASE_URL": url_of("migrate", superuser_url)}
    subprocess.run([SEGMENTS, *SERVICES["migrate"]["command"]], env=environment, check=True)
    return superuser_url


def url_of(name: str, superuser_url: str) -> str:
    """The database URL that the compose file gives to a service, at the test's server."""
    given = urlsplit(ENVIRONMENTS[name]["SEGMENTS_DATABASE_URL"])
    assert given.hostname == "database"
    host, port = (parse_qs(urlsplit(superuser_url).query)[key][0] for key in ("host", "port"))
    return make_conninfo(f"postgresql://{given.username}@{given.path}", host=host, port=port)


def test_passwords_are_taken_as_they_are(superuser_url: str) -> None:
    """Quotes and all, and kept as SCRAM verifiers only; nobody logs in as the service's role."""
    query = "SELECT rolname, rolcanlogin, rolsuper, rolpassword FROM pg_authid"
    with psycopg.connect(make_conninfo(superuser_url, dbname="postgres")) as connection:
        found = {name: rest for name, *rest in connection.execute(query)}
    assert found["segments_service"] == [False, False, None]
    for name in ("segments_owner", "segments_app"):
        can_log_in, is_superuser, password = found[name]
        assert (can_log_in, is_superuser) == (True, False)
        assert password.startswith("SCRAM-SHA-256$")


def test_the_owner_migrates_and_the_service_serves(migrated: str, tmp_path: Path) -> None:
    """The service becomes ready, to the image's own health check, as a login that owns nothing."""
    with serving(url_of("service", migrated), tmp_path) as service:
        answer = httpx2.get(f"{service.url}/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (200, "ready")
        assert health_of(service.port) == 0
    assert health_of(service.port) == 1


def health_of(port: int) -> int:
    """The exit code of the image's health check, asking another port."""
    python, *words = health_check()
    there = [word.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for word in words]
    command = [str(SEGMENTS.with_name(python)), *there]
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log.events_tt_main",
        "UPDATE log.events_tt_main SET data = ''",
        "TRUNCATE log.events_tt_main",
        "DROP TABLE log.events_tt_main",
        "UPDATE vault.secrets SET secret = ''",
        "CREATE SCHEMA another",
        "CREATE TABLE public.another ()",
        "SET ROLE segments_owner",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_the_service_s_login_may_not(migrated: str, statement: str) -> None:
    """Neither itself, nor as the role that it acts in."""
    for options in ("", "-c role=segments_service"):
        url = make_conninfo(url_of("service", migrated), options=options)
        with (
            psycopg.connect(url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)


def test_the_database_is_made_as_the_compose_file_says(folder: Path) -> None:
    """initdb of this version of PostgreSQL takes the arguments."""
    made = folder / "made"
    made.mkdir(mode=0o700)
    user = ServerUser.for_directory(made / "data")
    user.give(made)
    user.make_reachable(made)
    arguments = ENVIRONMENTS["database"]["POSTGRES_INITDB_ARGS"].split()
    run("initdb", ["-D", "data", "-U", "postgres", *arguments], user=user, folder=made)
    assert (made / "data" / "PG_VERSION").read_text().strip() == "18"
