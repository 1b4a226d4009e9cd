"""Request ids, in answers, the logs and the log."""

from __future__ import annotations

import re
from uuid import uuid4

from starlette.datastructures import Headers

REQUEST_ID = "X-Request-ID"
_GOOD = re.compile(r"[A-Za-z0-9._:-]{1,128}")


def id_of(headers: Headers) -> str:
    """Returns the client's id for the request, if it is valid; else a new one."""
    given = headers.get(REQUEST_ID, "")
    return given if _GOOD.fullmatch(given) else uuid4().hex
