"""Taking back what was just done: what that would come to, why, done."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.forms import only_long, short_and_long
from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.settled import tab_to
from tests.web.site import Site

pytestmark = pytest.mark.slow

RENAME = """mutation ($code: String!, $name: String!) {
  updateUserSegment(input: {segment: {code: $code}, name: $name}) { errors { message } }
}"""


def create(someone: Person, name: str, code: str) -> None:
    """Adds a segment as the page does, up to the notification."""
    someone.go("/segments/new")
    someone.page.get_by_label("Name").fill(name)
    someone.page.get_by_label("User segment ID").fill(code)
    someone.page.get_by_role("button", name="Save changes").click()


def is_there(site: Site, code: str) -> bool:
    """Whether a segment has the code."""
    found = site.ask(
        "query ($code: String!) { userSegment(segment: {code: $code}) { id } }", code=code
    )
    return found["userSegment"] is not None


@short_and_long("role", "site-admin", "training-manager")
def test_what_one_did_is_taken_back(person: Callable[..., Person], site: Site, role: str) -> None:
    """The offer leads to a dialog that says what would be put back, and wants a reason."""
    someone, code = person(role), f"by-mistake-{role}"
    page = someone.page
    create(someone, "By Mistake", code)
    page.get_by_role("button", name="Undo").click()
    dialog = page.get_by_role("dialog", name="Undo this?")
    expect(dialog).to_contain_text("1 thing would be put back as it was before.")
    someone.assert_accessible()
    dialog.get_by_role("button", name="Undo").click()
    reason = dialog.get_by_label("Reason")
    expect(reason).to_have_accessible_description(re.compile("Say why"))
    assert is_there(site, code)
    reason.fill("It was for another site.")
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("1 thing was put back.")).to_be_visible()
    expect_answer(is_there, site, code).to_equal(False)


def test_by_keyboard_alone(person: Callable[..., Person], site: Site) -> None:
    """Enter on the offer, the reason, Enter; Escape leaves all as it is."""
    admin = person("site-admin")
    page = admin.page
    create(admin, "By Keys", "undo-by-keys")
    page.get_by_role("button", name="Undo").press("Enter")
    dialog = page.get_by_role("dialog", name="Undo this?")
    expect(dialog).to_contain_text("1 thing would be put back")
    tab_to(dialog.get_by_label("Reason"))
    page.keyboard.type("Too early.")
    admin.press("Enter")
    expect(dialog).to_have_count(0)
    expect_answer(is_there, site, "undo-by-keys").to_equal(False)


def test_what_happened_since_is_told_and_stays(person: Callable[..., Person], site: Site) -> None:
    """A segment that somebody renamed since is not taken away: the dialog says why."""
    admin = person("site-admin")
    page = admin.page
    create(admin, "First Name", "renamed-since")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    site.ask(RENAME, "training-manager", code="renamed-since", name="Second Name")
    page.get_by_role("button", name="Undo").click()
    dialog = page.get_by_role("dialog", name="Undo this?")
    expect(dialog).to_contain_text("Nothing of it can be taken back.")
    conflicts = dialog.get_by_role("region", name="What stays as it is")
    expect(conflicts).to_contain_text("renamed the segment from “First Name” to “Second Name”")
    expect(dialog.get_by_role("button", name="Undo")).to_be_disabled()
    admin.assert_accessible()
    admin.press("Escape")
    expect(dialog).to_have_count(0)
    assert is_there(site, "renamed-since")


@only_long
def test_in_arabic(person: Callable[..., Person]) -> None:
    """The dialog reads from right to left, and axe has nothing to say."""
    admin = person("site-admin", locale="ar")
    page = admin.page
    admin.go("/segments/new")
    page.get_by_label("الاسم").fill("وردية الليل")
    page.get_by_role("button", name="حفظ التغييرات").click()
    page.get_by_role("button", name="تراجع").click()
    dialog = page.get_by_role("dialog", name="التراجع عن هذا؟")
    expect(dialog).to_contain_text("سيُعاد شيء واحد كما كان.")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    admin.assert_accessible()
