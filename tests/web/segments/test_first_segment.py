"""The seed of the product: Manage User Segments › Add new user segment › Site User Segments."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.segments.segments_fixture import found
from tests.web.site import Site


def test_a_site_admin_adds_a_segment_and_finds_it(person: Callable[..., Person]) -> None:
    """As the help article tells it, step by step."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/")
    page.get_by_role("main").get_by_role("link", name="Manage User Segments").click()
    page.get_by_role("link", name="Add new user segment").click()
    expect(page.get_by_role("heading", name="Add new user segment", level=1)).to_be_visible()
    admin.assert_accessible()
    page.get_by_label("Name").fill("Night Shift")
    page.get_by_label("User segment ID").fill("night-shift")
    page.get_by_label("Description").fill("Everybody who works at night.")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("link", name="Site User Segments")).to_have_attribute(
        "aria-current", "page"
    )
    row = page.get_by_role("row").filter(has_text="Night Shift")
    expect(row).to_contain_text("night-shift")
    admin.assert_accessible()


def test_the_same_by_keyboard_alone(person: Callable[..., Person], site: Site) -> None:
    """Tab, Enter and typing do."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments/new")
    page.get_by_label("Name").focus()
    page.keyboard.type("By Keys")
    admin.press("Tab")
    expect(page.get_by_label("User segment ID")).to_be_focused()
    page.keyboard.type("by-keys")
    admin.press("Tab", "Tab", "Tab")
    expect(page.get_by_role("button", name="Save changes")).to_be_focused()
    admin.press("Enter")
    expect(page.get_by_role("row").filter(has_text="By Keys")).to_be_visible()
    expect_answer(found, site, "by-keys").to_have(name="By Keys", version=1)


def test_what_is_wrong_stands_beside_its_field(person: Callable[..., Person]) -> None:
    """And what was typed stays."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments/new")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_label("Name")).to_have_accessible_description("A segment needs a name.")
    page.get_by_label("Name").fill("Another Sales")
    page.get_by_label("User segment ID").fill("SALES")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_label("User segment ID")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Name")).to_have_value("Another Sales")
    admin.assert_accessible()


def test_an_auditor_is_not_offered_it_and_refused(person: Callable[..., Person]) -> None:
    """The tab is absent, and its address says who may."""
    auditor = person("auditor")
    auditor.go("/segments")
    expect(auditor.page.get_by_role("link", name="Site User Segments")).to_be_visible()
    expect(auditor.page.get_by_role("link", name="Add new user segment")).to_have_count(0)
    auditor.go("/segments/new")
    expect(auditor.page.get_by_role("heading", level=1)).to_have_text("You do not have access")
