"""A file of the console cannot be had: what is there stays, and goes on by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.forms import only_long
from tests.web.person import Person
from tests.web.settled import settled
from tests.web.site import Site

pytestmark = pytest.mark.slow

USERS = "**/assets/UsersPage-*.js"
NOT_LOADED = "This page could not be loaded"
REPORTED = ("Failed to load resource", "NotLoaded", "dynamically imported module")
"""What a browser, and React, say of it in the console."""


def without(one: Person, files: str) -> None:
    """These files are not there, as after a deployment, from before the first page on."""
    one.expect_messages(*REPORTED)
    one.page.route(files, lambda route: route.fulfill(status=404, body="{}"))


def test_the_shell_stays_when_a_page_cannot_be_loaded(person: Callable[..., Person]) -> None:
    """It says so, to those who listen, too; one can go elsewhere, and try again."""
    admin = person("site-admin")
    page = admin.page
    without(admin, USERS)
    admin.go("/segments")
    navigation = page.get_by_role("navigation", name="Navigation")
    navigation.get_by_role("link", name="Users", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_LOADED)
    expect(page.get_by_role("alert")).to_contain_text("tried again by itself")
    admin.assert_accessible()
    navigation.get_by_role("link", name="Manage User Segments").click()
    expect(page.get_by_role("link", name="Sales Team")).to_be_visible()
    navigation.get_by_role("link", name="Users", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_LOADED)
    page.unroute_all(behavior="wait")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name="Elif Kaya")).to_be_visible()


@only_long
def test_the_page_is_there_once_the_service_is_back(
    person: Callable[..., Person], site: Site
) -> None:
    """Without a hand, and what is in its place meanwhile does not go."""
    admin = person("site-admin")
    page = admin.page
    without(admin, USERS)
    admin.expect_messages("WebSocket connection")
    admin.go("/segments")
    expect(page.get_by_role("link", name="Sales Team")).to_be_visible()
    site.stop()
    expect(page.get_by_text("The service cannot be reached", exact=True)).to_be_visible()
    page.get_by_role("navigation", name="Navigation").get_by_role(
        "link", name="Users", exact=True
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_LOADED)
    page.unroute_all(behavior="wait")
    site.start()
    expect(page.get_by_role("heading", level=1)).to_have_text("Users")
    expect(page.get_by_role("link", name="Elif Kaya")).to_be_visible()


@only_long
def test_another_version_is_loaded_once(person: Callable[..., Person]) -> None:
    """The tab was open through a deployment; and when that does not help it is not tried again."""
    admin = person("site-admin")
    page = admin.page
    without(admin, USERS)
    page.route(f"{admin.site.url}/", another_version)
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    admin.go("/segments")
    with page.expect_event("load"):
        page.get_by_role("navigation", name="Navigation").get_by_role(
            "link", name="Users", exact=True
        ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_LOADED)
    with page.expect_response(f"{admin.site.url}/"):
        page.get_by_role("navigation", name="Navigation").get_by_role(
            "link", name="Manage User Segments"
        ).click()
        page.get_by_role("navigation", name="Navigation").get_by_role(
            "link", name="Users", exact=True
        ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_LOADED)
    assert loads == [f"{admin.site.url}/segments", f"{admin.site.url}/users"]
    page.unroute(USERS)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name="Elif Kaya")).to_be_visible()


def another_version(route: Route) -> None:
    """The page as a newer service gives it: its script has another name."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("/console-", "/console-newer-"))


@only_long
def test_a_tab_that_cannot_be_loaded_leaves_the_others(person: Callable[..., Person]) -> None:
    """The page's name and tabs stay."""
    admin = person("site-admin")
    page = admin.page
    without(admin, "**/assets/MembersTab-*.js")
    admin.go("/segments?search=sales team")
    page.get_by_role("link", name="Sales Team").click()
    page.get_by_role("link", name="Members", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This part of the page could not be loaded")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sales Team")
    admin.assert_accessible()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("list", name="History")).to_be_visible()
    page.unroute_all(behavior="wait")
    page.get_by_role("link", name="Members", exact=True).click()
    expect(page.get_by_role("table", name="Members")).to_be_visible()


def test_a_dialog_that_cannot_be_loaded_says_so(person: Callable[..., Person]) -> None:
    """A press of its button never does just nothing; the next one opens it."""
    admin = person("site-admin")
    page = admin.page
    without(admin, "**/assets/BulkDialog-*.js")
    admin.go("/segments")
    page.get_by_role("checkbox", name="Choose Sales Team").check()
    hide = page.get_by_role("button", name="Hide from teachers")
    hide.click()
    expect(page.get_by_role("alert")).to_contain_text("That could not be loaded. Try again")
    page.unroute_all(behavior="wait")
    hide.click()
    expect(page.get_by_role("dialog", name="Hide from teachers")).to_be_visible()


def test_a_menu_that_cannot_be_loaded_says_so(person: Callable[..., Person]) -> None:
    """Its button stands where it ever does."""
    admin = person("site-admin")
    page = admin.page
    without(admin, "**/assets/SegmentMenuContent-*.js")
    admin.go("/segments?search=sales team")
    menu = page.get_by_role("button", name="Actions for “Sales Team”")
    page.wait_for_function(
        """() => performance.getEntriesByType("resource")
            .filter(({ name }) => name.includes("SegmentMenuContent")).length > 1"""
    )  # by itself, too
    settled(page)
    menu.click()
    expect(page.get_by_role("alert")).to_contain_text("That could not be loaded. Try again")
    page.unroute_all(behavior="wait")
    menu.click()
    expect(menu).to_have_attribute("aria-haspopup", "menu")
    menu.click()
    expect(page.get_by_role("menuitem", name="Archive")).to_be_visible()


@only_long
def test_what_may_come_next_is_loaded_before_it_is_asked_for(
    person: Callable[..., Person],
) -> None:
    """Once the page is at rest; a page is then there without a wait, also without the service."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/")
    page.wait_for_function(
        """() => performance.getEntriesByType("resource")
            .some(({ name }) => name.includes("/assets/EditSegment-"))"""
    )  # a part of a page: after all pages
    page.route(USERS, lambda route: route.abort())
    page.get_by_role("main").get_by_role("link", name="Users", exact=True).click()
    expect(page.get_by_role("link", name="Elif Kaya")).to_be_visible()
