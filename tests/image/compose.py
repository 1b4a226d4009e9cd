"""What docker-compose.yml gives its services, as `docker compose` would work it out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.deploy.files import ENVIRONMENTS

_REFERENCE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")


class VariableMissing(Exception):
    """The file needs a variable that is not given; the message is the file's own."""


def environment_of(service: str, variables: Mapping[str, str]) -> dict[str, str]:
    """The environment of one service."""
    given: dict[str, str] = ENVIRONMENTS[service]
    return {name: interpolated(str(value), variables) for name, value in given.items()}


def interpolated(text: str, variables: Mapping[str, str]) -> str:
    """A text with `${NAME}`, `${NAME:-default}` and `${NAME:?what is missing}` replaced. An empty
    variable counts as missing.
    """

    def value(reference: re.Match[str]) -> str:
        name, kind, word = reference.groups()
        found = variables.get(name, "")
        if not found and kind == "?":
            raise VariableMissing(f"{name} {word}")
        return found or (word if kind == "-" else "")

    return _REFERENCE.sub(value, text)


def seconds(text: str) -> float:
    """A duration such as `30s`."""
    return float(text.removesuffix("s"))
