"""Which media type an answer has: GraphQL's own for who prefers it, else plain JSON."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import Response

from service.http.negotiation import RESPONSE_JSON, negotiated
from service.http.responses import Json

PREFERRED = {
    "alone": RESPONSE_JSON,
    "in capitals": RESPONSE_JSON.upper(),
    "with a charset": f"{RESPONSE_JSON}; charset=utf-8",
    "first of two": f"{RESPONSE_JSON}, application/json",
    "before what is worse": f"{RESPONSE_JSON}, application/json;q=0.9, */*;q=0.1",
    "better than the one before it": f"application/json;q=0.9, {RESPONSE_JSON}",
    "better than anything": f"*/*;q=0.1, {RESPONSE_JSON};q=0.2",
    "better than plain JSON alone": f"*/*, {RESPONSE_JSON};q=0.5, application/json;q=0.4",
    "better by little": f"application/json; Q=0.998, {RESPONSE_JSON}; Q=0.999",
    "as a last resort": f"text/html, {RESPONSE_JSON};q=0.001",
}
OTHERS = {
    "nothing": "",
    "anything": "*/*",
    "any of the kind": "application/*",
    "plain JSON": "application/json",
    "second of two": f"application/json, {RESPONSE_JSON}",
    "after anything": f"*/*, {RESPONSE_JSON}",
    "after any of the kind": f"application/*, {RESPONSE_JSON}",
    "worse than plain JSON": f"{RESPONSE_JSON};q=0.5, application/json",
    "worse than anything": f"{RESPONSE_JSON};q=0.5, */*;q=0.8",
    "not wanted": f"{RESPONSE_JSON};q=0",
    "not wanted at all": f"{RESPONSE_JSON};q=0.000, text/html",
    "of no quality": f"{RESPONSE_JSON};q=much",
    "of a quality that is no number": f"{RESPONSE_JSON};q=nan",
}


def _answered(accept: str) -> Response:
    request = Request({"type": "http", "headers": [(b"accept", accept.encode())]})
    return negotiated(request, Json({"errors": []}), is_request_error=True)


@pytest.mark.parametrize("accept", PREFERRED.values(), ids=PREFERRED)
def test_graphqls_own_is_for_who_prefers_it(accept: str) -> None:
    """A request error is a 400 there."""
    answer = _answered(accept)
    assert answer.headers["content-type"] == f"{RESPONSE_JSON}; charset=utf-8"
    assert answer.status_code == 400


@pytest.mark.parametrize("accept", OTHERS.values(), ids=OTHERS)
def test_plain_json_is_for_all_others(accept: str) -> None:
    """Also for who does not want GraphQL's own."""
    answer = _answered(accept)
    assert answer.headers["content-type"] == "application/json"
    assert answer.status_code == 200
