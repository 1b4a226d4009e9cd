"""What somebody is told, as far as it matters who they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx2

from tests.authorization.rows import ABSENT, ANSWERED, FORBIDDEN, NOT_LET_IN, CommandResult

BESIDES = {"commandId", "mode"}
"""What the payload of a command that did nothing holds, whoever gave it."""

SAID_OF_NOTHING = {"totalCount", "hasNextPage", "hasPreviousPage"}
"""0, and that there is no more."""


def told(answer: httpx2.Response, names: Mapping[str, str]) -> CommandResult:
    """What an answer to one root field comes to; `names` are those of ids."""
    if answer.status_code == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "data" not in answer.json()
        return NOT_LET_IN
    return told_by(answer.json(), names)


def told_by(result: Mapping[str, Any], names: Mapping[str, str]) -> CommandResult:
    """What a GraphQL result comes to."""
    if result.get("errors"):
        codes = {str(error["extensions"]["code"]) for error in result["errors"]}
        shown = tuple(leaves(result.get("data"), names))
        assert shown == (), f"{codes}, and yet {shown}"
        return " ".join(sorted(codes))
    (value,) = result["data"].values()
    if isinstance(value, dict) and value.get("errors"):
        return _refused(value, names)
    return tuple(leaves(value, names)) or ABSENT


def _refused(payload: Mapping[str, Any], names: Mapping[str, str]) -> CommandResult:
    done = {name: value for name, value in payload.items() if name not in BESIDES}
    errors = tuple(leaves([_without_words(error) for error in done.pop("errors")], names))
    if errors != (FORBIDDEN,):  # who may know where the log stood
        done.pop("position", None)
    assert not any(done.values()), payload
    return str(errors[0]) if len(errors) == 1 else errors


def _without_words(error: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in error.items() if name not in ("message", "path")}


def leaves(value: object, names: Mapping[str, str], key: str = "") -> Iterator[Any]:
    """All values in it but null, and what counts and pages of nothing say."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, names, name)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, names, key)
    elif value is not None and (value or key not in SAID_OF_NOTHING):
        yield names.get(value, value) if isinstance(value, str) else value


def compared(seen: CommandResult, expected: CommandResult) -> CommandResult:
    """What was seen, in the words of what is expected."""
    return ANSWERED if expected == ANSWERED and isinstance(seen, tuple) else seen
