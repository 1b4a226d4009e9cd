"""Over HTTP: what costs too much is a 429 that says when to try again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from domain.kernel.principal import Role
from service.http.live.socket import MAX_REJECTIONS
from service.settings import Settings
from tests.service.http.conftest import small
from tests.service.http.live.talking import streamed, talk

Sign = Callable[..., str]

VIEWER = "{ viewer { kind } }"
MANY = "{" + "".join(f"a{n}: viewer {{ kind }} " for n in range(20)) + "}"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Of a service that gives little."""
    return small(database_url, tmp_path / "data").model_copy(
        update={"rate_burst": 5, "rate_per_second": 1}
    )


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_too_much_is_refused(host: str, sign: Sign, path: str, accept: str) -> None:
    """Whoever else asks is answered."""
    headers = {"Accept": f"{accept}, text/event-stream"}
    async with httpx2.AsyncClient(base_url=f"http://{host}", headers=headers) as http:
        for role in (Role.AUDITOR, Role.LEARNER):  # the text is charged to the first
            learner = {"Authorization": f"Bearer {sign(role)}"}
            answer = await http.post(path, json={"query": MANY}, headers=learner)
        assert answer.status_code == 200
        refused = await http.post(path, json={"query": VIEWER}, headers=learner)
        assert refused.status_code == 429
        (error,) = refused.json()["errors"]
        assert error["extensions"]["code"] == "LIMIT"
        assert str(error["extensions"]["retryAfter"]) == refused.headers["Retry-After"]
        assert int(refused.headers["Retry-After"]) > 10
        admin = {"Authorization": f"Bearer {sign()}"}
        assert (await http.post(path, json={"query": VIEWER}, headers=admin)).status_code == 200


async def test_what_is_left_is_told(host: str, sign: Sign) -> None:
    """By POST; by GET it would make each answer another one, and leave nothing to a cache."""
    headers = {"Authorization": f"Bearer {sign()}"}
    async with httpx2.AsyncClient(base_url=f"http://{host}", headers=headers) as http:
        posted = (await http.post("/graphql", json={"query": VIEWER})).json()
        assert posted["extensions"]["cost"] == 1
        assert posted["extensions"]["rateLimit"].keys() == {"limit", "remaining", "perSecond"}
        got = await http.get("/graphql", params={"query": VIEWER})
        assert got.json()["extensions"] == {"cost": 1, "position": 0}


async def test_a_stream_tells_its_cost(host: str, sign: Sign) -> None:
    async with streamed(host, sign(), VIEWER) as told:
        _, result = await anext(told)
    assert result["extensions"]["cost"] == 1


async def test_who_asks_on_over_a_socket_is_let_go(host: str, sign: Sign) -> None:
    """After so many refusals, though there is an answer now and then."""
    async with talk(host, sign()) as talking:
        await talking.subscribe(MANY + " " * 900)
        assert (await talking.error())["extensions"]["retryAfter"] > 10
        for number in range(MAX_REJECTIONS + 50):
            await talking.subscribe(VIEWER, id=str(number))
        messages, closed = await talking.rest()
    assert {message["payload"][0]["extensions"]["code"] for message in messages} == {"LIMIT"}
    assert len(messages) >= MAX_REJECTIONS - 1
    assert closed == (4429, "Too many operations: a hundred of them were refused")
