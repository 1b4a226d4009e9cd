"""Signing in on the page with an identity provider: by a code, and on with a cookie."""

from __future__ import annotations

from datetime import UTC, datetime
from http.cookies import SimpleCookie

import httpx2
import pytest

from domain.kernel.clock import parse_instant
from service.http.sign_in.responses import COOKIE, MAX_COOKIE_LENGTH
from service.settings import Settings
from tests.service.http.serving import running
from tests.service.http.sign_in.conftest import page, provided
from tests.service.sign_in.grants import AUTHORIZE, CLIENT, REDIRECT, TOKEN, VERIFIER
from tests.service.sign_in.issuer import NOW, Issuer

pytestmark = pytest.mark.asyncio(loop_scope="module")

ELSEWHERE = [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]


async def signed_in(
    http: httpx2.AsyncClient, issuer: Issuer, **others: str | dict[str, str]
) -> httpx2.Response:
    """What the page is answered when somebody came back with a code."""
    headers = others.pop("headers", {})
    code = {"code": issuer.grants.code(), "codeVerifier": VERIFIER, "redirectUri": REDIRECT}
    return await http.post("/sign-in/code", json=code | others, headers=headers)  # type: ignore[arg-type]


def cookie_in(answer: httpx2.Response) -> dict[str, str]:
    """The value and the attributes of the cookie that an answer sets."""
    morsel = SimpleCookie(answer.headers["set-cookie"])[COOKIE]
    return {"value": morsel.value, **{name: str(v) for name, v in morsel.items() if v != ""}}


async def test_the_page_is_told_where_to_send_people(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """And as which client."""
    answer = await visitor.get("/sign-in/ways")
    assert answer.json() == {
        "kind": "oidc",
        "authorizationEndpoint": f"{issuer.url}/{AUTHORIZE}",
        "clientId": CLIENT,
        "scope": "openid profile email",
        "renewable": False,
    }


async def test_another_tab_is_told_that_it_may_go_on(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """The cookie is out of its reach, so it cannot see by itself that there is one."""
    await signed_in(visitor, issuer)
    assert (await visitor.get("/sign-in/ways")).json()["renewable"] is True


async def test_without_a_client_id_there_is_no_way(
    shared_settings: Settings, issuer: Issuer
) -> None:
    """The page says so; tokens from elsewhere are good as ever."""
    settings = provided(shared_settings, issuer, oidc_client_id=None)
    async with running(settings) as app, page(app) as http:
        assert (await http.get("/sign-in/ways")).json() == {"kind": "none"}
        assert (await signed_in(http, issuer)).status_code == 404
        bearer = {"Authorization": f"Bearer {issuer.token()}"}
        query = {"query": "{ viewer { displayName } }"}
        assert (await http.post("/graphql", json=query, headers=bearer)).status_code == 200


async def test_nobody_is_offered_a_role(visitor: httpx2.AsyncClient) -> None:
    """With a provider there is no other way."""
    answer = await visitor.post("/sign-in/development", json={"role": "SITE_ADMIN"})
    assert answer.status_code == 404


async def test_a_code_becomes_a_token(visitor: httpx2.AsyncClient, issuer: Issuer) -> None:
    """The provider's, good until it says; kept by no cache."""
    answer = await signed_in(visitor, issuer)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json().keys() == {"token", "expiresAt"}
    assert parse_instant(answer.json()["expiresAt"]) == datetime.fromtimestamp(NOW + 3600, UTC)
    bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
    query = {"query": "{ viewer { displayName } }"}
    viewer = await visitor.post("/graphql", json=query, headers=bearer)
    assert viewer.json()["data"] == {"viewer": {"displayName": "Ada Admin"}}


async def test_the_refresh_token_stays_out_of_the_page_s_reach(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """In a cookie for this service's sign-in alone."""
    answer = await signed_in(visitor, issuer)
    assert "refresh" not in answer.text
    cookie = cookie_in(answer)
    assert cookie.pop("value").startswith("refresh-")
    assert cookie == {"httponly": "True", "samesite": "strict", "path": "/sign-in"}


async def test_over_https_the_cookie_never_goes_without_it(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """Also when it is a proxy that takes https off."""
    proxied = {"Origin": "https://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert cookie_in(await signed_in(visitor, issuer, headers=proxied))["secure"] == "True"


async def test_a_session_goes_on_with_its_cookie(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """Each refresh token is good once, as many providers have it; the page has nothing to say."""
    await signed_in(visitor, issuer)
    seen = set()
    for _ in range(3):
        answer = await visitor.post("/sign-in/refresh")
        assert answer.status_code == 200
        assert answer.json().keys() == {"token", "expiresAt"}
        seen.add(cookie_in(answer)["value"])
    assert len(seen) == 3


async def test_a_provider_may_let_a_refresh_token_be(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """Then the cookie holds the same."""
    first = cookie_in(await signed_in(visitor, issuer))
    issuer.grants.extra = {"refresh_token": None}
    assert cookie_in(await visitor.post("/sign-in/refresh")) == first


async def test_without_a_cookie_there_is_no_session(visitor: httpx2.AsyncClient) -> None:
    """401: the page offers to sign in."""
    answer = await visitor.post("/sign-in/refresh")
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_a_session_that_has_ended_is_forgotten(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """401, and the cookie is taken away."""
    visitor.cookies.set(COOKIE, "refresh-of-old")
    answer = await visitor.post("/sign-in/refresh")
    assert answer.status_code == 401
    assert cookie_in(answer)["max-age"] == "0"
    assert issuer.grants.posted[0]["refresh_token"] == "refresh-of-old"


async def test_signing_out_ends_the_session_everywhere(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """The cookie is gone, and what was in it is good for nothing at the provider either."""
    held = cookie_in(await signed_in(visitor, issuer))["value"]
    answer = await visitor.post("/sign-in/out")
    assert answer.status_code == 204
    assert cookie_in(answer)["max-age"] == "0"
    assert issuer.grants.revoked == [held]
    visitor.cookies.set(COOKIE, held)
    assert (await visitor.post("/sign-in/refresh")).status_code == 401


async def test_signing_out_works_while_the_provider_is_away(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """Here at least; and for who was not signed in."""
    assert (await visitor.post("/sign-in/out")).status_code == 204
    await signed_in(visitor, issuer)
    issuer.is_away = True
    answer = await visitor.post("/sign-in/out")
    assert (answer.status_code, cookie_in(answer)["max-age"]) == (204, "0")


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "another"},
        {"codeVerifier": "b" * 43},
        {"redirectUri": "https://evil.example/"},
    ],
    ids=["code", "codeVerifier", "redirectUri"],
)
async def test_what_the_provider_does_not_take_signs_nobody_in(
    visitor: httpx2.AsyncClient, issuer: Issuer, wrong: dict[str, str]
) -> None:
    """A code that is not the visitor's: 401, and no cookie."""
    answer = await signed_in(visitor, issuer, **wrong)
    assert answer.status_code == 401
    assert "token" not in answer.json()
    assert cookie_in(answer)["max-age"] == "0"


async def test_a_code_is_good_once(visitor: httpx2.AsyncClient, issuer: Issuer) -> None:
    """Whoever comes second has stolen it, or pressed the button twice."""
    code = issuer.grants.code()
    assert (await signed_in(visitor, issuer, code=code)).status_code == 200
    assert (await signed_in(visitor, issuer, code=code)).status_code == 401


@pytest.mark.parametrize("secret", ["s3cret", "with : and / and ü"])
@pytest.mark.parametrize("basic", [True, False])
async def test_a_client_with_a_secret_shows_it(
    shared_settings: Settings, issuer: Issuer, secret: str, basic: bool
) -> None:
    """In the header, or in the form where the provider takes it only there."""
    issuer.grants.secret = secret
    issuer.grants.basic = basic
    async with running(provided(shared_settings, issuer)) as app, page(app) as http:
        assert (await signed_in(http, issuer)).status_code == 200
        assert (await http.post("/sign-in/refresh")).status_code == 200


async def test_a_wrong_secret_is_for_the_operator(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """503: no visitor can do anything about it, and none is told."""
    issuer.grants.secret = "another"
    answer = await signed_in(visitor, issuer)
    assert answer.status_code == 503
    assert "client" not in answer.text


async def test_an_id_token_will_do_where_the_access_token_is_the_provider_s_own(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """If it is for this service; one for others will not."""
    good, other = issuer.token(), issuer.token(aud="others")
    issuer.grants.extra = {"access_token": "opaque", "id_token": good}
    assert (await signed_in(visitor, issuer)).json()["token"] == good
    issuer.grants.extra = {"access_token": "opaque", "id_token": other}
    assert (await signed_in(visitor, issuer)).status_code == 401


@pytest.mark.parametrize(
    "said",
    [
        {"access_token": None},
        {"access_token": 5},
        {"access_token": ""},
        {"access_token": "nonsense"},
    ],
    ids=["null", "number", "empty", "nonsense"],
)
async def test_a_token_that_does_not_do_signs_nobody_in(
    visitor: httpx2.AsyncClient, issuer: Issuer, said: dict[str, object]
) -> None:
    """Whatever the provider calls it."""
    issuer.grants.extra = said
    assert (await signed_in(visitor, issuer)).status_code == 401


async def test_a_refresh_token_that_no_cookie_holds_is_let_go(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """The session then ends with its token, instead of failing strangely."""
    issuer.grants.extra = {"refresh_token": "x" * (MAX_COOKIE_LENGTH + 1)}
    answer = await signed_in(visitor, issuer)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


async def test_while_the_provider_is_away_nobody_signs_in(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """503, and sessions are not forgotten over it."""
    await signed_in(visitor, issuer)
    issuer.is_away = True
    for answer in (await signed_in(visitor, issuer), await visitor.post("/sign-in/refresh")):
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert "set-cookie" not in answer.headers
    issuer.is_away = False
    assert (await visitor.post("/sign-in/refresh")).status_code == 200


async def test_a_provider_that_was_never_there_is_no_way_yet(
    visitor: httpx2.AsyncClient, issuer: Issuer
) -> None:
    """503 for the ways as well: the page says to try again."""
    issuer.is_away = True
    assert (await visitor.get("/sign-in/ways")).status_code == 503


@pytest.mark.parametrize("said", ELSEWHERE, ids=["Origin", "Sec-Fetch-Site"])
@pytest.mark.parametrize("path", ["code", "refresh", "out"])
async def test_another_site_s_page_neither_signs_in_nor_out(
    visitor: httpx2.AsyncClient, issuer: Issuer, path: str, said: dict[str, str]
) -> None:
    """403, before the provider is asked anything."""
    code = {"code": issuer.grants.code(), "codeVerifier": VERIFIER, "redirectUri": REDIRECT}
    visitor.cookies.set(COOKIE, "refresh-1")
    answer = await visitor.post(f"/sign-in/{path}", json=code, headers=said)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert TOKEN not in issuer.asked


@pytest.mark.parametrize("missing", ["code", "codeVerifier", "redirectUri"])
async def test_all_three_parts_are_needed(
    visitor: httpx2.AsyncClient, issuer: Issuer, missing: str
) -> None:
    """400, naming them; an endless one is none."""
    for nothing in ("", "x" * 5_000):
        answer = await signed_in(visitor, issuer, **{missing: nothing})
        assert answer.status_code == 400
        assert missing in answer.json()["errors"][0]["message"]
