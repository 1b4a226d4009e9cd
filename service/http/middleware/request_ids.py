"""What a request is called, in its answer, the logs and the log."""

from __future__ import annotations

import re
from uuid import uuid4

from starlette.datastructures import Headers

REQUEST_ID = "X-Request-ID"
_GOOD = re.compile(r"[A-Za-z0-9._:-]{1,128}")


def id_of(headers: Headers) -> str:
    """As the client calls it, if that will do; else one that is made."""
    given = headers.get(REQUEST_ID, "")
    return given if _GOOD.fullmatch(given) else uuid4().hex
