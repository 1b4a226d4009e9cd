"""GraphiQL for developers, from our own build."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.person import Person


def test_a_developer_asks_the_schema(person: Callable[..., Person]) -> None:
    """Signed in as in the console's tab; nothing comes from elsewhere."""
    admin = person("site-admin")
    page = admin.page
    admin.expect_messages("setup-workers/vite")  # it tells which worker it starts, no more
    page.goto(f"{admin.site.url}/graphql")
    expect(page.get_by_label("Operation Editor")).to_contain_text("siteUserSegments")
    page.get_by_role("button", name="Execute query").click()
    expect(page.get_by_label("Result Window")).to_contain_text("Customer Success")
