"""/metrics: for whoever has its token; without one for the machine itself."""

from __future__ import annotations

import re

import httpx2
from pydantic import SecretStr
from starlette.types import ASGIApp

from service.settings import Settings
from tests.service.http.serving import client, running

ELSEWHERE = ("203.0.113.7", 50_000)
PROXIED = [{"X-Forwarded-For": "203.0.113.7"}, {"Forwarded": "for=203.0.113.7"}]


async def _metrics(app: ASGIApp, caller: tuple[str, int], **headers: str) -> httpx2.Response:
    async with client(app, caller=caller) as http:
        return await http.get("/metrics", headers=headers)


def _value(text: str, metric: str) -> float:
    match = re.search(rf"^{re.escape(metric)} (\S+)$", text, re.MULTILINE)
    assert match is not None, metric
    return float(match[1])


async def test_elsewhere_is_refused(app: ASGIApp) -> None:
    """When there is no token, and through a proxy on this machine; a bearer's is none."""
    for caller, headers in [(ELSEWHERE, {}), *[(("127.0.0.1", 1), h) for h in PROXIED]]:
        answer = await _metrics(app, caller, **headers, Authorization="Bearer guess")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "segments_" not in answer.text


async def test_this_machine_is_answered(app: ASGIApp) -> None:
    """In Prometheus' format."""
    for address in ("127.0.0.1", "127.8.9.1", "::1"):
        answer = await _metrics(app, (address, 1))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        assert "# TYPE segments_http_requests_total counter" in answer.text


async def test_the_token_opens_it_from_elsewhere(settings: Settings) -> None:
    """In any case of the scheme; a wrong one, or another scheme, does not."""
    settings = settings.model_copy(update={"metrics_token": SecretStr("open-sesame")})
    async with running(settings) as app:
        for good in ("Bearer open-sesame", "bearer open-sesame"):
            assert (await _metrics(app, ELSEWHERE, Authorization=good)).status_code == 200
        for bad in ("", "Bearer", "Bearer open", "Bearer open-sesamé", "Basic open-sesame"):
            async with client(app, caller=ELSEWHERE) as http:
                raw = {b"Authorization": bad.encode("latin-1")}
                assert (await http.get("/metrics", headers=raw)).status_code == 401


async def test_with_a_token_this_machine_needs_it_too(settings: Settings) -> None:
    """A proxy on it may ask for somebody else, and not say so."""
    settings = settings.model_copy(update={"metrics_token": SecretStr("open-sesame")})
    async with running(settings) as app:
        for address in ("127.0.0.1", "::1"):
            assert (await _metrics(app, (address, 1))).status_code == 401
            answer = await _metrics(app, (address, 1), Authorization="Bearer open-sesame")
            assert answer.status_code == 200


async def test_it_tells_what_happened(app: ASGIApp, admin: httpx2.AsyncClient) -> None:
    """Requests by path and status, commands by outcome, the log, the read model, who projects."""
    requests = 'segments_http_requests_total{method="POST",path="/graphql",status="200"}'
    done = 'segments_commands_total{mutation="createUserSegment",outcome="DONE"}'
    taken = 'segments_commands_total{mutation="createUserSegment",outcome="CODE_TAKEN"}'
    create = """mutation {
        first: createUserSegment(input: {name: "S", code: "s"}) { segment { id } }
        second: createUserSegment(input: {name: "S", code: "s"}) { errors { code } }
    }"""
    await admin.post("/graphql", json={"query": create})
    before = (await admin.get("/metrics")).text
    assert (await admin.post("/graphql", json={"query": create})).status_code == 200
    await admin.get("/some/secret/path")
    after = (await admin.get("/metrics")).text
    assert _value(after, requests) == _value(before, requests) + 1
    assert _value(after, taken) == _value(before, taken) + 2
    assert _value(after, done) == _value(before, done)
    assert _value(after, "segments_log_head") == 1
    assert _value(after, "segments_read_model_position") == 1
    assert _value(after, "segments_projector_active") == 1
    assert "secret" not in after
