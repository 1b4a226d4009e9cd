"""GraphQL requests with files (the GraphQL multipart request specification)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from service.http.middleware.bodies import MAX_BODY_BYTES
from service.http.operations import LIMITS, Operation, decoded, operation_of

MAX_FILES = 10

_MAX_PLACE_LENGTH = 9
"""Digits of an index in a list."""


async def form_of(request: Request) -> FormData:
    """Reads the form, its files spooled to disk. HTTPException 400 when it is none, or has too
    much. No preflight header is needed: whoever sends a form has shown a bearer token, which no
    other site's form can send (ADR 44).
    """
    try:
        return await request.form(
            max_files=MAX_FILES, max_fields=MAX_FILES, max_part_size=MAX_BODY_BYTES
        )
    except HTTPException as refused:
        raise HTTPException(400, f"The form cannot be read: {refused.detail}") from None


def operation_in(form: FormData) -> Operation:
    """Returns the operation with its files in place. HTTPException 400 when they do not fit
    together.
    """
    operation, places = _json(form, "operations"), _json(form, "map")
    if not isinstance(operation, dict):
        raise HTTPException(400, "operations must be a JSON object that holds one operation.")
    if not isinstance(places, dict):
        raise HTTPException(400, "map must be a JSON object.")
    for name, paths in places.items():
        file = form.get(name)
        if not isinstance(file, UploadFile):
            raise HTTPException(400, f"map names the file {name}, which is not in the form.")
        for path in _paths(paths):
            _put(operation, path, file)
    return operation_of(operation, len(str(form["operations"]).encode()))


def _json(form: FormData, field: str) -> Any:
    text = form.get(field)
    if not isinstance(text, str):
        raise HTTPException(400, f"The form needs a field {field}.")
    return decoded(text.encode(), LIMITS)


def _paths(paths: Any) -> Iterator[str]:
    if not isinstance(paths, list):
        raise HTTPException(400, "map must give a list of paths for each file.")
    for path in paths:
        if not isinstance(path, str) or not path.startswith("variables."):
            raise HTTPException(400, "Each path of map must lead into variables.")
        yield path


def _put(operation: dict[str, Any], path: str, file: UploadFile) -> None:
    """Puts a file in place of the null there."""
    *steps, last = path.split(".")
    found: Any = operation
    for step in steps:
        found = _step(found, step, path)
    if _step(found, last, path) is not None:
        raise _nowhere(path)
    found[int(last) if isinstance(found, list) else last] = file


def _step(found: Any, step: str, path: str) -> Any:
    if isinstance(found, dict) and step in found:
        return found[step]
    if isinstance(found, list) and _is_place(step) and int(step) < len(found):
        return found[int(step)]
    raise _nowhere(path)


def _is_place(step: str) -> bool:
    """Whether it is an index: Python takes thousands of digits for no number."""
    return step.isdecimal() and len(step) <= _MAX_PLACE_LENGTH


def _nowhere(path: str) -> HTTPException:
    return HTTPException(400, f"There is no null at {path} for a file to take the place of.")
