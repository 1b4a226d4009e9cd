"""The build context: which files .dockerignore lets into the image's build."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tests.deploy.files import REPOSITORY

WILDCARDS = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}


def is_sent(path: str) -> bool:
    """Whether a file is let in. Of the patterns that fit it, or a folder that it is in, the last
    one counts, as for Docker.
    """
    places = [path, *map(str, PurePosixPath(path).parents)]
    sent = True
    for pattern in _patterns():
        expression = _expression(pattern.removeprefix("!"))
        if any(expression.fullmatch(place) for place in places):
            sent = pattern.startswith("!")
    return sent


def _patterns() -> list[str]:
    lines = (REPOSITORY / ".dockerignore").read_text().splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.rstrip("/"))
    return re.compile("".join(WILDCARDS.get(part, re.escape(part)) for part in parts))
