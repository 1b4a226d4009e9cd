"""Signing in with the organisation's identity provider, in a browser, all the way and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.service.sign_in.grants import CLIENT
from tests.service.sign_in.issuer import AUDIENCE, Issuer, running_provider
from tests.web.conftest import copied
from tests.web.site import Site, serving_console


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    """The provider; everybody who comes to it is Ada, a site admin."""
    with running_provider() as provider:
        yield provider.new_issuer()


@pytest.fixture(scope="module")
def site_of_provider(prepared: Path, issuer: Issuer) -> Iterator[Site]:
    """A service whose people sign in with it."""
    settings = {
        "SEGMENTS_OIDC_ISSUER": issuer.url,
        "SEGMENTS_OIDC_AUDIENCE": AUDIENCE,
        "SEGMENTS_OIDC_CLIENT_ID": CLIENT,
    }
    with copied(prepared) as data, serving_console(data, settings=settings) as site:
        yield site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of nobody's yet."""
    with browser.new_context(locale="en-GB") as context:
        yield context.new_page()


def signed_in(page: Page, site: Site, path: str = "/") -> None:
    """To the provider and back."""
    page.goto(site.url + path)
    page.get_by_role("button", name="Sign in with your organisation").click()
    expect(page.get_by_role("button", name="Ada Admin")).to_be_visible()


def test_one_comes_back_to_where_one_wanted_to_be(page: Page, site_of_provider: Site) -> None:
    """By the authorization code flow with PKCE; the code stays in no address."""
    signed_in(page, site_of_provider, "/segments?order=CODE")
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage User Segments")
    expect(page).to_have_url(f"{site_of_provider.url}/segments?order=CODE")


def test_what_renews_a_session_is_out_of_the_pages_reach(
    page: Page, site_of_provider: Site
) -> None:
    """The refresh token is in a cookie that scripts cannot read, and that goes nowhere else."""
    signed_in(page, site_of_provider)
    kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage}) + document.cookie")
    assert "refresh-" not in kept
    (cookie,) = page.context.cookies(f"{site_of_provider.url}/sign-in")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/sign-in")


def test_a_session_is_renewed_before_it_ends(page: Page, site_of_provider: Site) -> None:
    """Without a word: the page asks for the next token, and goes on."""
    signed_in(page, site_of_provider)
    page.evaluate("""() => {
        const kept = JSON.parse(sessionStorage.getItem("segments.session"));
        const soon = new Date(Date.now() + 5000).toISOString();
        sessionStorage.setItem("segments.session", JSON.stringify({...kept, expiresAt: soon}));
    }""")
    with page.expect_response("**/sign-in/refresh") as renewed:
        page.goto(f"{site_of_provider.url}/segments")
    assert renewed.value.status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage User Segments")


def test_another_tab_goes_on_with_the_session(page: Page, site_of_provider: Site) -> None:
    """Without asking who one is again."""
    signed_in(page, site_of_provider)
    other = page.context.new_page()
    other.goto(f"{site_of_provider.url}/segments")
    expect(other.get_by_role("heading", level=1)).to_have_text("Manage User Segments")


def test_who_comes_back_with_somebody_elses_answer_is_not_let_in(
    page: Page, site_of_provider: Site
) -> None:
    """A state that this page did not give (RFC 6749, 10.12)."""
    page.goto(f"{site_of_provider.url}/signed-in?code=stolen&state=other")
    expect(page.get_by_role("alert")).to_contain_text("That did not work")
    assert page.evaluate("sessionStorage.getItem('segments.session')") is None


def test_signing_out_ends_it_at_the_provider_too(
    page: Page, site_of_provider: Site, issuer: Issuer
) -> None:
    """The refresh token is revoked, and the cookie gone."""
    signed_in(page, site_of_provider)
    page.get_by_role("button", name="Ada Admin").click()
    with page.expect_response("**/sign-in/out"):
        page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in with your organisation")).to_be_visible()
    assert issuer.grants.revoked
    assert page.context.cookies(f"{site_of_provider.url}/sign-in") == []
