"""Signing in, what a session's end does, and the languages that the page is read in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.web.person import STAND_INS, Person
from tests.web.settled import assert_fits
from tests.web.site import Site

SEGMENTS, USERS, PAST = "Manage User Segments", "Users", "Site as of a moment"
ALL = [SEGMENTS, USERS, "The log", "Access log", "Proofs", PAST]
PLACES = {
    "site-admin": ALL,
    "training-manager": [SEGMENTS, USERS, PAST],
    "auditor": ALL,
    "learner": [SEGMENTS],
}


def test_without_a_session_nothing_but_the_sign_in_is_shown(browser: Browser, site: Site) -> None:
    """Whatever the address; one person a role is offered while developing."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.url}/segments")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to User Segments")
        for name in STAND_INS.values():
            expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
        page.get_by_role("button", name="Auditor", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Manage User Segments")


def test_the_sign_in_page_is_accessible(browser: Browser, site: Site) -> None:
    """To those who are nobody yet, too, in light and in dark."""
    with browser.new_context() as context:
        person = Person(context.new_page(), site)
        person.looks_in_dark = True
        person.page.goto(site.url)
        expect(person.page.get_by_role("button", name="Learner")).to_be_visible()
        person.assert_accessible()


def test_who_signs_out_is_out(person: Callable[..., Person]) -> None:
    """And the Back button brings nothing back."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/")
    page.get_by_role("button", name="Site Admin").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to User Segments")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to User Segments")


def test_a_session_that_ends_keeps_what_was_typed(person: Callable[..., Person]) -> None:
    """The sign-in comes over the page; afterwards the form is as it was, and can be saved."""
    manager = person("training-manager")
    page = manager.page
    manager.go("/segments/new")
    page.get_by_label("Name").fill("Typed Before The End")
    manager.expect_messages("401 (Unauthorized)")
    page.route("**/graphql", not_signed_in_to_create)
    page.get_by_role("button", name="Save changes").click()
    dialog = page.get_by_role("dialog", name="Your session has ended")
    expect(dialog).to_be_visible()
    page.unroute_all(behavior="wait")
    assert manager.violations() == []
    dialog.get_by_role("button", name="Training Manager").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Name")).to_have_value("Typed Before The End")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("link", name="Typed Before The End")).to_be_visible()


def not_signed_in_to_create(route: Route) -> None:
    """Whatever else the page asks meanwhile is answered."""
    if "CreateUserSegment" in (route.request.post_data or ""):
        route.fulfill(status=401, body="{}")
    else:
        route.continue_()


@pytest.mark.parametrize("role", list(STAND_INS))
def test_each_role_is_offered_its_places(person: Callable[..., Person], role: str) -> None:
    """The same on the first page, of which axe says nothing, and in the navigation."""
    one = person(role)
    one.go("/")
    page = one.page
    for region in (page.get_by_role("main"), page.get_by_role("navigation", name="Navigation")):
        expect(region.get_by_role("link")).to_have_text(PLACES[role])
    one.assert_accessible()


def test_the_page_is_read_from_right_to_left_in_arabic(person: Callable[..., Person]) -> None:
    """The choice stays; numbers and dates are the language's own; axe finds nothing."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/")
    page.get_by_role("button", name="Site Admin").click()
    page.get_by_role("menuitemradio", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    admin.go("/segments")
    expect(page.get_by_role("heading", level=1)).to_have_text("إدارة شرائح المستخدمين")
    admin.assert_accessible()


@pytest.mark.parametrize("path", ["/", "/segments", "/segments/new"])
def test_a_narrow_screen_needs_no_sideways_scrolling(
    person: Callable[..., Person], path: str
) -> None:
    """At 320 pixels, which is also 1280 at four times the size (WCAG 2.2, 1.4.10)."""
    admin = person("site-admin", viewport={"width": 320, "height": 640})
    admin.go(path)
    assert_fits(admin.page)
    admin.page.get_by_role("button", name="Navigation").click()
    expect(
        admin.page.get_by_role("navigation", name="Navigation").get_by_role("link").first
    ).to_be_visible()


def test_text_of_twice_the_size_fits(person: Callable[..., Person]) -> None:
    """Everything is laid out in units of the text (WCAG 2.2, 1.4.4)."""
    admin = person("site-admin")
    admin.go("/segments")
    admin.page.evaluate("document.documentElement.style.fontSize = '200%'")
    expect(admin.page.get_by_role("link", name="Sales Team")).to_be_visible()
    assert_fits(admin.page)
