"""The Dockerfile, as far as reading it can tell."""

from __future__ import annotations

import re

from tests.deploy.files import (
    KNOWN,
    argument,
    final_stage,
    health_check,
    image,
    settings_in,
    words,
)


def test_it_runs_as_nobody_special() -> None:
    """Under a fixed number, which Kubernetes can check, after all that only root may do."""
    uid, _, gid = argument("USER").partition(":")
    assert int(uid) >= 10000
    assert int(gid) >= 10000
    after = final_stage()[final_stage().index(("USER", argument("USER"))) :]
    assert {word for word, _ in after} & {"RUN", "COPY", "ADD"} == set()


def test_nothing_that_builds_is_in_the_final_stage() -> None:
    """What is installed comes from the stage before, by hash; nothing is compiled."""
    stages = [rest.split()[0] for word, rest in image() if word == "FROM"]
    assert stages == ["node:24-slim", "python:3.11-slim", "python:3.11-slim"]
    runs = " ".join(rest for word, rest in final_stage() if word == "RUN")
    assert re.search(r"\b(pip|apt|apt-get|gcc|curl|wget)\b", runs) is None
    assert "--from=build " in argument("COPY")
    installs = " ".join(rest for word, rest in image() if word == "RUN")
    assert "--require-hashes" in installs


def test_the_console_is_built_from_its_lock_and_installed_with_the_rest() -> None:
    """Before pip packs what is there; not from what a developer happens to have built."""
    steps = [f"{word} {rest}" for word, rest in image()]
    built = "service/console/built"
    copied = f"COPY --from=console /source/{built} /source/{built}"
    installs = next(step for step in steps if step.startswith("RUN") and "/source " in step)
    ci = next(step for step in steps if "npm ci" in step)
    assert steps.index(ci) < steps.index("RUN npm run build") < steps.index(copied)
    assert steps.index("COPY . /source") < steps.index(copied) < steps.index(installs)


def test_its_settings_are_known() -> None:
    """By the service."""
    used = settings_in(" ".join(rest for _, rest in image()))
    assert used == {"SEGMENTS_DATA_DIR", "SEGMENTS_ENVIRONMENT"}
    assert used <= KNOWN


def test_it_is_for_production_unless_told_otherwise() -> None:
    """Run as it is, on any network, it lets nobody in without a password."""
    assert "SEGMENTS_ENVIRONMENT=production" in argument("ENV").split()


def test_it_serves_to_the_container_s_network() -> None:
    """On the port that is exposed, and that the health check asks."""
    assert words("CMD") == ["serve", "--host", "0.0.0.0"]
    assert argument("EXPOSE") == "8000"
    assert "http://127.0.0.1:8000/health/ready" in " ".join(health_check())
