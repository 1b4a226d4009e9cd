"""docker-compose.yml says what it means, as far as reading it can tell."""

from __future__ import annotations

import re

import pytest
import typer
import yaml

from service.cli import app
from tests.deploy.files import (
    COMPOSE,
    DEPLOY,
    ENVIRONMENTS,
    KNOWN,
    REPOSITORY,
    SERVICES,
    read,
    settings_in,
    words,
)

OBSERVABILITY = {"prometheus", "grafana"}


def test_it_is_made_of_these_services() -> None:
    """Those that watch come with a profile only."""
    assert SERVICES.keys() == {"database", "migrate", "service"} | OBSERVABILITY
    profiled = {name for name, one in SERVICES.items() if one.get("profiles")}
    assert profiled == OBSERVABILITY


def test_images_are_of_known_major_versions() -> None:
    """The database's is the only one that the service runs on; ours is built here."""
    images = {name: one["image"] for name, one in SERVICES.items()}
    assert images["database"] == "postgres:18"
    assert re.fullmatch(r"prom/prometheus:v3\.\d+\.\d+", images["prometheus"])
    assert re.fullmatch(r"grafana/grafana:12\.\d+\.\d+", images["grafana"])
    assert images["service"] == images["migrate"]
    assert SERVICES["service"]["build"] == SERVICES["migrate"]["build"] == "."


def test_every_setting_is_one_of_the_service() -> None:
    """A misspelt variable would be passed over in silence."""
    used = settings_in(yaml.safe_dump(COMPOSE))
    assert {"SEGMENTS_DATABASE_URL", "SEGMENTS_OIDC_ISSUER", "SEGMENTS_METRICS_TOKEN"} <= used
    assert used - KNOWN == set()


@pytest.mark.parametrize("name", ["migrate", "service"])
def test_commands_are_commands_of_segments(name: str) -> None:
    """With options that they know."""
    root = typer.main.get_command(app)
    assert words("ENTRYPOINT") == ["segments"]
    said = SERVICES[name].get("command", words("CMD"))
    context = root.make_context("segments", list(said))
    _, command, rest = root.resolve_command(context, list(said))  # type: ignore[attr-defined]
    assert command.make_context(said[0], rest).args == []


def test_the_service_starts_after_the_migration_and_that_after_the_database() -> None:
    """Which is done, and ready."""
    assert SERVICES["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["restart"] == "no"
    waited = SERVICES["service"]["depends_on"]["migrate"]
    assert waited == {"condition": "service_completed_successfully"}


def test_the_service_is_not_the_owner() -> None:
    """It logs in as a member of the service's role; only the migration knows the owner."""
    assert "//segments_owner@" in ENVIRONMENTS["migrate"]["SEGMENTS_DATABASE_URL"]
    assert "//segments_app@" in ENVIRONMENTS["service"]["SEGMENTS_DATABASE_URL"]
    assert "OWNER" not in yaml.safe_dump(SERVICES["service"])


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_has_rights_or_gains_any(name: str) -> None:
    """But the database, as long as it gives its data to the user that it becomes. `python -m
    tests.image` runs our image so.
    """
    given = SERVICES[name]
    assert given["cap_drop"] == ["ALL"]
    assert given["security_opt"] == ["no-new-privileges:true"]
    owning = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"]
    assert given.get("cap_add", []) == (owning if name == "database" else [])


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_can_change_its_image(name: str) -> None:
    """But what is given secrets: compose copies those of the environment into its files, and
    refuses to where these are read only.
    """
    given = SERVICES[name]
    assert given.get("read_only", False) is ("secrets" not in given)
    assert ("secrets" in given) == (name in OBSERVABILITY)
    if given.get("read_only"):
        assert "/tmp" in given["tmpfs"]


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_takes_more_than_its_share(name: str) -> None:
    """Of processes; and of memory, but the database, whose share depends on the site."""
    given = SERVICES[name]
    assert given["pids_limit"] == (512 if name == "database" else 256)
    assert given.get("mem_limit") == (None if name == "database" else "1g")


def test_no_password_has_a_default() -> None:
    """Where one is missing, nothing starts, and a sentence says what it is for."""
    given = [item for one in ENVIRONMENTS.values() for item in one.items() if "PASS" in item[0]]
    assert len(given) == 6
    for name, value in given:
        if not name.endswith("__FILE"):
            assert re.fullmatch(r"\$\{[A-Z_]+:\?[^}]{15,}\}", value), name


def test_only_this_machine_can_reach_it() -> None:
    """Until somebody puts a proxy with TLS in front."""
    ports = [port for one in SERVICES.values() for port in one.get("ports", [])]
    assert len(ports) == 2
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_it_is_for_development_unless_told_otherwise() -> None:
    """Which is asked for by name, as the service listens to more than the container's loopback."""
    environment = ENVIRONMENTS["service"]
    assert environment["SEGMENTS_ENVIRONMENT"] == "${SEGMENTS_ENVIRONMENT:-development}"
    assert environment["SEGMENTS_ALLOW_REMOTE_DEVELOPMENT"] == "true"


def test_what_is_mounted_is_there() -> None:
    """Files of this repository, or volumes that are declared."""
    mounts = [mount.split(":") for one in SERVICES.values() for mount in one.get("volumes", [])]
    ours = [source for source, *_ in mounts if source.startswith(".")]
    assert len(ours) == 4
    assert [path for path in ours if not (REPOSITORY / path).exists()] == []
    assert {source for source, *_ in mounts if source not in ours} == COMPOSE["volumes"].keys()


def test_prometheus_asks_the_service_with_the_metrics_token() -> None:
    """By the names that the compose file gives them."""
    (job,) = read(DEPLOY / "prometheus" / "prometheus.yml")["scrape_configs"]
    assert job["static_configs"] == [{"targets": ["service:8000"]}]
    (secret,) = SERVICES["prometheus"]["secrets"]
    assert job["authorization"]["credentials_file"] == f"/run/secrets/{secret}"
    assert COMPOSE["secrets"][secret] == {"environment": "SEGMENTS_METRICS_TOKEN"}
