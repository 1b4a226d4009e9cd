"""What the image must do: each function is a step, and raises AssertionError where it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2

from service.settings import NEEDED_IN_PRODUCTION
from tests.acceptance.service import CREATE
from tests.deploy.files import SERVICES, settings_in
from tests.image.compose import environment_of, seconds
from tests.image.container import Container
from tests.image.containers import Containers, wait_until_healthy
from tests.image.image import Image
from tests.image.progress import step

PASSWORDS = {
    "DATABASE_ADMIN_PASSWORD": "admin",
    "DATABASE_OWNER_PASSWORD": "o'wner \\",
    "DATABASE_APP_PASSWORD": '$ap"p',
}
URL = "http://127.0.0.1:8000"
START_TIMEOUT_S = 120.0
"""Seconds."""
GRACE = seconds(SERVICES["service"]["stop_grace_period"])
NAME = "Made in a container"


def check_refusals(image: Image, folder: Path) -> None:
    """The image alone is not served from by accident, neither in production nor in development."""
    containers = Containers(image, folder)
    needed = {f"SEGMENTS_{name.upper()}" for name in NEEDED_IN_PRODUCTION}
    _refuses(containers, {}, needed)
    url = {"SEGMENTS_DATABASE_URL": "postgresql://database/segments"}
    _refuses(containers, url, needed - url.keys())
    ways_out = {"SEGMENTS_ENVIRONMENT", "SEGMENTS_ALLOW_REMOTE_DEVELOPMENT"}
    _refuses(containers, {"SEGMENTS_ENVIRONMENT": "development"}, ways_out)


def check_alone(image: Image, folder: Path) -> None:
    """In development, asked for, the image needs nothing else: it brings a database."""
    settings = {"SEGMENTS_ENVIRONMENT": "development", "SEGMENTS_ALLOW_REMOTE_DEVELOPMENT": "true"}
    with Containers(image, folder).start(settings) as service:
        _becomes_healthy("image alone, in development", service, image)
        _stops("image alone", service)


def check_migration(image: Image, folder: Path) -> None:
    """compose's `migrate` ends with 0, once with steps taken, and again with none left."""
    containers = Containers(image, folder)
    environment = environment_of("migrate", PASSWORDS)
    for name, is_first in (("migrate", True), ("migrate, again", False)):
        with step(name) as details:
            ended = containers.run(environment, SERVICES["migrate"]["command"])
            assert ended.code == 0, ended.output
            assert "The database is up to date." in ended.output
            taken = ended.output.count("took ")
            assert (taken > 0) is is_first, ended.output
            details.append(f"exit code {ended.code}, {taken} steps taken")


def check_service(image: Image, folder: Path) -> None:
    """compose's `service` serves, stops in order, and finds everything again."""
    containers = Containers(image, folder)
    environment = environment_of("service", PASSWORDS)
    with containers.start(environment) as service:
        _becomes_healthy("serve", service, image)
        _is_confined(service, image)
        _answers_health()
        token = _token(service)
        segment = _creates(token)
        _stops("service", service)
    with containers.start(environment) as service:
        _becomes_healthy("serve, again", service, image)
        _still_has(segment, token)
        _stops("service", service)


def _refuses(containers: Containers, given: dict[str, str], named: set[str]) -> None:
    """It names these settings, and no other."""
    how = " ".join(["image alone", *map("=".join, given.items())])
    with step(f"{how} refuses to start") as details:
        ended = containers.run(given)
        assert ended.code == 1, ended
        assert "Traceback" not in ended.output, ended.output
        assert settings_in(ended.output) == named, ended.output
        details += [f"exit code {ended.code}", ended.output.strip()]


def _becomes_healthy(name: str, service: Container, image: Image) -> None:
    with step(name) as details:
        took = wait_until_healthy(service, image, START_TIMEOUT_S)
        details.append(f"HEALTHCHECK ends with 0 after {took:.1f} s")


def _is_confined(service: Container, image: Image) -> None:
    """Of its first process, as the kernel has it; and its root takes no file."""
    with step("confined") as details:
        lines = Path(f"/proc/{service.pid}/status").read_text().splitlines()
        status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        uid, gid = image.user
        assert set(status["Uid"].split()) == {uid}
        assert set(status["Gid"].split()) == {gid}
        assert status["Groups"].split() in ([], [gid])
        assert (int(status["CapEff"], 16), int(status["CapPrm"], 16)) == (0, 0)
        assert status["NoNewPrivs"] == "1"
        refused = service.execute("touch", "/opt/segments/x", "/x")
        assert refused.stderr.count("Read-only file system") == 2, refused
        details.append(f"uid {uid}, gid {gid}, no capabilities, no new privileges, read-only root")


def _answers_health() -> None:
    with step("health") as details:
        for path, status in (("/health/live", "live"), ("/health/ready", "ready")):
            answer = httpx2.get(URL + path, trust_env=False)
            assert (answer.status_code, answer.json()["status"]) == (200, status), answer.text
            details.append(f"{path} {answer.status_code} {answer.text.strip()}")


def _token(service: Container) -> str:
    with step("segments token, in the container") as details:
        printed = service.execute("segments", "token", "--role", "site-admin")
        assert printed.returncode == 0, printed
        details.append(f"{len(printed.stdout.strip())} characters")
        return printed.stdout.strip()


def _creates(token: str) -> str:
    """The id of a segment."""
    with step("segment created") as details:
        variables = {"input": {"name": NAME}}
        payload = _ask(token, CREATE, variables)["createUserSegment"]
        assert payload["errors"] == [], payload
        details.append(f"{payload['segment']['id']} at position {payload['position']}")
        return str(payload["segment"]["id"])


def _still_has(segment: str, token: str) -> None:
    """To the same token, whose key is on the volume."""
    with step("segment is still there") as details:
        query = "query ($id: ID!) { node(id: $id) { ... on UserSegment { id name } } }"
        found = _ask(token, query, {"id": segment})["node"]
        assert found == {"id": segment, "name": NAME}
        details.append(f"{found['id']}, {found['name']!r}")


def _stops(name: str, container: Container) -> None:
    """In order, as its first process, within the time that compose gives it."""
    with step(f"{name} stopped by SIGTERM") as details:
        ended = container.stop(GRACE)
        assert ended.code == 0, ended
        assert "Traceback" not in ended.output
        lines = [line for line in ended.output.splitlines() if line.startswith("{")]
        events = [json.loads(line)["event"] for line in lines][-3:]
        assert events[1:] == ["Application shutdown complete.", "Finished server process [1]"]
        details += [f"exit code {ended.code}", *map(repr, events)]


def _ask(token: str, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    """The data of a query. It goes by way of no proxy, whatever the environment says."""
    headers = {"Authorization": f"Bearer {token}"}
    body = {"query": query, "variables": variables}
    url = f"{URL}/graphql"
    answer = httpx2.post(url, json=body, headers=headers, trust_env=False, timeout=60).json()
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    return data
