"""What somebody finds at an address where nothing is, or nothing for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.person import Person

NOWHERE = [
    "/nowhere",
    "/segments/none",
    "/segments/segment_00000000000070008000000000000000",
    "/segments/none/history",
    "/users/none",
    "/users/user_00000000000070008000000000000000",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_there_is_one_page_for_where_nothing_is(person: Callable[..., Person], path: str) -> None:
    """With a heading, a title, and a way back; also for what is no id at all."""
    admin = person("site-admin")
    page = admin.page
    admin.go(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    expect(page).to_have_title("Page not found · User Segments")
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Back to Site admin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Site admin")


def test_who_may_not_is_told_which_role_it_takes(person: Callable[..., Person]) -> None:
    """Instead of that nothing is there; in one's own language."""
    learner = person("learner")
    page = learner.page
    learner.go("/log")
    expect(page.get_by_role("heading", level=1)).to_have_text("You do not have access")
    expect(page).to_have_title("You do not have access · User Segments")
    expect(page.get_by_role("main")).to_contain_text("the role Site admin or Auditor.")
    learner.assert_accessible()
    page.get_by_role("main").get_by_role("link", name="Back to Site admin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Site admin")
