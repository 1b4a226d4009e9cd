"""The pages: who gets one, and what a browser lets it do."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest

from service.settings import Settings
from tests.service.http.serving import client, running

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLACES = ["/", "/segments", "/segments/segment_1/history?at=5", "/users"]


def policy_of(answer: httpx2.Response) -> dict[str, str]:
    """Its Content-Security-Policy, by directive."""
    said = answer.headers["content-security-policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in said)


@pytest.mark.parametrize("place", PLACES)
async def test_each_place_within_the_console_is_its_page(
    visitor: httpx2.AsyncClient, place: str
) -> None:
    """To a browser; nobody needs a token for it."""
    answer = await visitor.get(place)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.text.endswith("<p>Console")
    assert (await visitor.head(place)).status_code == 200


async def test_programs_are_told_that_there_is_nothing(visitor: httpx2.AsyncClient) -> None:
    """404 in the shape of other refusals, for who does not ask for a page; but / is one."""
    for accepted in ("*/*", "application/json", "text/htmlx"):
        answer = await visitor.get("/segments", headers={"Accept": accepted})
        assert answer.status_code == 404
        assert answer.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
    assert (await visitor.get("/", headers={"Accept": "*/*"})).status_code == 200


@pytest.mark.parametrize(
    "path", ["//", "//evil.example/login", "/%2Fevil.example", "/%5Cevil.example", "///segments"]
)
async def test_a_path_that_names_a_host_is_no_place(visitor: httpx2.AsyncClient, path: str) -> None:
    """404 also to a browser, which would go to that host when it is sent to such a path."""
    url = visitor.base_url.copy_with(raw_path=path.encode())
    answer = await visitor.get(url)
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


async def test_slashes_further_on_name_no_host(visitor: httpx2.AsyncClient) -> None:
    """Such an address is a place within the console, as all that nothing else has."""
    assert (await visitor.get("/segments//evil.example")).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_pages_are_only_fetched(visitor: httpx2.AsyncClient, method: str) -> None:
    """Another method finds nothing, or is not allowed."""
    assert (await visitor.request(method, "/segments")).status_code == 404
    assert (await visitor.request(method, "/")).status_code == 405
    assert (await visitor.request(method, "/health/live")).status_code == 405


async def test_every_page_has_a_nonce_of_its_own(visitor: httpx2.AsyncClient) -> None:
    """In the page and in its policy; who has seen one can do nothing with it."""
    seen = set()
    for _ in range(3):
        answer = await visitor.get("/")
        (nonce,) = re.findall(r'nonce="([\w-]{24})"', answer.text)
        assert policy_of(answer)["style-src"] == f"'self' 'nonce-{nonce}'"
        seen.add(nonce)
    assert len(seen) == 3


async def test_a_page_may_do_nothing_but_what_it_is_for(visitor: httpx2.AsyncClient) -> None:
    """Scripts of ours from files, requests to ourselves; in no frame, and none inside it."""
    answer = await visitor.get("/")
    policy = policy_of(answer)
    del policy["style-src"]
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "camera=()" in answer.headers["permissions-policy"]


@pytest.mark.parametrize("path", ["/index.html", "/graphiql.html"])
async def test_a_page_never_comes_without_its_policy(
    visitor: httpx2.AsyncClient, path: str
) -> None:
    """Not as a file either."""
    answer = await visitor.get(path, headers={"Accept": "*/*"})
    assert answer.status_code == 404
    page = await visitor.get(path)
    assert "__NONCE__" not in page.text
    assert policy_of(page)["default-src"] == "'none'"


async def test_a_developer_gets_graphiql(visitor: httpx2.AsyncClient) -> None:
    """In a browser, without a query and without a token; its editor needs a little more."""
    answer = await visitor.get("/graphql")
    assert answer.status_code == 200
    assert answer.text.endswith("<p>GraphiQL")
    policy = policy_of(answer)
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["worker-src"] == "'self'"


async def test_a_query_is_answered_as_ever(visitor: httpx2.AsyncClient) -> None:
    """Also to a browser; and so is who asks for no page."""
    query = {"query": "{ viewer { id } }"}
    assert (await visitor.get("/graphql", params=query)).status_code == 401
    assert (await visitor.get("/graphql", headers={"Accept": "*/*"})).status_code == 401
    assert (await visitor.post("/graphql", json=query)).status_code == 401


async def test_in_production_there_is_no_graphiql(shared_settings: Settings, built: Path) -> None:
    """The address is GraphQL's alone; the console is there as ever."""
    settings = shared_settings.model_copy(update={"environment": "production"})
    async with running(settings, built) as app, client(app) as http:
        http.headers["Accept"] = "text/html"
        assert (await http.get("/graphql")).status_code == 401
        assert (await http.get("/")).text.endswith("<p>Console")


async def test_before_it_is_built_the_console_says_how(
    shared_settings: Settings, tmp_path: Path
) -> None:
    """503, and all else works."""
    async with running(shared_settings, tmp_path / "built") as app, client(app) as http:
        http.headers["Accept"] = "text/html"
        for path in ("/", "/segments", "/graphql"):
            answer = await http.get(path)
            assert answer.status_code == 503
            assert "make setup" in answer.json()["errors"][0]["message"]
        assert (await http.get("/assets/main.js")).status_code == 404
        assert (await http.get("/health/live")).status_code == 200
