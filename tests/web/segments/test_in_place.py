"""Names and IDs are changed where they stand, and many segments at once."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.segments.segments_fixture import create, found, update
from tests.web.site import Site

SAVED = "The changes were saved."
"""Told when the service has it: what was typed is shown before."""


def row(one: Person, name: str) -> Locator:
    """The segment's row, by its link."""
    link = one.page.get_by_role("link", name=name, exact=True)
    return one.page.get_by_role("row").filter(has=link)


def test_a_segment_is_renamed_by_keyboard(person: Callable[..., Person], site: Site) -> None:
    """Enter on its button opens a field, Escape leaves it, Enter saves; focus comes back."""
    create(site, "Old Name", "renamed")
    trainer = person("training-manager")
    page = trainer.page
    trainer.go("/segments?search=name")
    button = page.get_by_role("button", name="Rename “Old Name”")
    button.press("Enter")
    field = page.get_by_role("textbox", name="Rename “Old Name”")
    expect(field).to_be_focused()
    page.keyboard.type("Never Saved")
    trainer.assert_accessible()
    trainer.press("Escape")
    expect(row(trainer, "Old Name")).to_be_visible()
    expect(button).to_be_focused()
    trainer.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("New Name")
    trainer.press("Enter")
    expect(row(trainer, "New Name")).to_be_visible()
    expect(page.get_by_role("button", name="Rename “New Name”")).to_be_focused()
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect_answer(found, site, "renamed").to_have(name="New Name", version=2)


def test_an_id_is_given_changed_and_cleared(person: Callable[..., Person], site: Site) -> None:
    """One that is taken is rolled back, and the reason stands beside what was typed."""
    create(site, "In Need of an ID")
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=in need")
    page.get_by_role("button", name="Give “In Need of an ID” an ID").click()
    field = page.get_by_role("textbox", name="Give “In Need of an ID” an ID")
    field.fill("SALES")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "The user segment ID “SALES” is taken by another segment."
    )
    expect(field).to_have_value("SALES")
    admin.assert_accessible()
    field.fill("in-need")
    page.get_by_role("button", name="Save changes").click()
    expect(row(admin, "In Need of an ID")).to_contain_text("in-need")
    page.get_by_role("button", name="Change the ID of “In Need of an ID”").click()
    field = page.get_by_role("textbox", name="Change the ID")
    field.fill("")
    field.press("Enter")
    expect(page.get_by_role("button", name="Give “In Need of an ID” an ID")).to_be_visible()
    expect(page.get_by_text(SAVED)).to_have_count(2)
    expect_answer(found, site, "in-need").to_equal({})


def test_what_somebody_else_typed_is_not_lost(person: Callable[..., Person], site: Site) -> None:
    """The first Enter tells of it, the second one puts one's own in its place."""
    segment = create(site, "Twice Named", "twice")
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=twice")
    page.get_by_role("button", name="Rename “Twice Named”").click()
    update(site, segment, name="Theirs Twice")
    field = page.get_by_role("textbox", name="Rename")
    field.fill("Mine Twice")
    field.press("Enter")
    expect(field).to_have_accessible_description(
        "Training Manager changed this to “Theirs Twice” meanwhile."
        " Save again to put yours in its place."
    )
    field.press("Enter")
    expect(row(admin, "Mine Twice")).to_be_visible()
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect_answer(found, site, "twice").to_have(name="Mine Twice", version=3)


def test_an_auditor_changes_nothing(person: Callable[..., Person]) -> None:
    """No button that renames, no box that chooses; the edit address shows the segment alone."""
    auditor = person("auditor")
    page = auditor.page
    auditor.go("/segments?search=sales")
    expect(row(auditor, "Sales Team")).to_be_visible()
    expect(page.get_by_role("button", name="Rename “Sales Team”")).to_have_count(0)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.get_by_role("link", name="Sales Team").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sales Team")
    expect(page.get_by_role("button", name="Edit")).to_have_count(0)
    expect(page).to_have_url(re.compile("/segments/segment_[^/?]+$"))
    page.goto(f"{page.url}?edit=yes")
    expect(page.get_by_text("Everybody who sells.")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    auditor.assert_accessible()
