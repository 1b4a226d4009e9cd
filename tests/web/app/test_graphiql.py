"""GraphiQL for developers, from our own build."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.web.person import Person


def _opened(admin: Person) -> Page:
    admin.expect_messages("setup-workers/vite")  # it tells which worker it starts, no more
    admin.page.goto(f"{admin.site.url}/graphql")
    expect(_editor(admin.page)).to_contain_text("siteUserSegments")  # the editors are there
    return admin.page


def _editor(page: Page) -> Locator:
    return page.get_by_label("Operation Editor")


def _execute(page: Page) -> None:
    page.get_by_role("button", name="Execute query").click()


def _show(page: Page, tab: str) -> None:
    page.get_by_role("button", name=tab, exact=True).click()
    expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()
    expect(_editor(page)).to_contain_text(tab)


def test_a_developer_asks_the_schema(person: Callable[..., Person]) -> None:
    """Signed in as in the console's tab; nothing comes from elsewhere."""
    page = _opened(person("site-admin"))
    _execute(page)
    expect(page.get_by_label("Result Window")).to_contain_text("Customer Success")


def test_tabs_are_ready(person: Callable[..., Person]) -> None:
    """The list, a command, a conflict, the past, and the log live."""
    page = _opened(person("site-admin"))
    names = ["List", "Create", "Conflict", "AsOf", "Events"]
    for name in names:
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    _show(page, "AsOf")
    _execute(page)
    expect(page.get_by_label("Result Window")).to_contain_text("@40")


def test_a_subscription_runs_there(person: Callable[..., Person]) -> None:
    """As server-sent events, until it is stopped."""
    page = _opened(person("site-admin"))
    _show(page, "Events")
    _execute(page)
    expect(page.get_by_label("Result Window")).to_contain_text("recordedAt")
    page.get_by_role("button", name="Stop query").click()
    expect(page.get_by_role("button", name="Execute query")).to_be_visible()
