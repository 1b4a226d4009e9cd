"""The files that a deployment is made of, read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from service.settings import PREFIX, Settings

REPOSITORY = Path(__file__).parents[2]
DEPLOY = REPOSITORY / "deploy"
ROLES = DEPLOY / "postgres" / "roles.sql"
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields}


def read(path: Path) -> Any:
    """A YAML or JSON file."""
    return yaml.safe_load(path.read_text())


COMPOSE: dict[str, Any] = read(REPOSITORY / "docker-compose.yml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ENVIRONMENTS = {name: one.get("environment", {}) for name, one in SERVICES.items()}


def image() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with its argument, in order."""
    lines = (REPOSITORY / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    written = [line for line in lines if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in written)]


def final_stage() -> list[tuple[str, str]]:
    """The instructions after the last FROM, and that one."""
    instructions = image()
    words = [word for word, _ in instructions]
    return instructions[len(words) - 1 - words[::-1].index("FROM") :]


def argument(word: str) -> str:
    """Of the only such instruction in the final stage."""
    (found,) = [rest for name, rest in final_stage() if name == word]
    return found


def words(instruction: str) -> list[str]:
    """Of an instruction in exec form: ENTRYPOINT, CMD."""
    said: list[str] = json.loads(argument(instruction))
    return said


def health_check() -> list[str]:
    """The command of HEALTHCHECK."""
    _, _, command = argument("HEALTHCHECK").partition("CMD ")
    said: list[str] = json.loads(command)
    return said


def settings_in(text: str) -> set[str]:
    """All that looks like a setting of the service."""
    return set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", text))
