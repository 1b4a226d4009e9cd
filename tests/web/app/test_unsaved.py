"""What somebody typed is not lost without a word: not by a link, Back, a reload, or signing out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.web.people.test_users import id_of
from tests.web.person import Person
from tests.web.segments.segments_fixture import archive, create
from tests.web.segments.test_deeds import choose_from_menu
from tests.web.site import Site

pytestmark = pytest.mark.slow

NEW = "/segments/new"

RESTORE = """
mutation ($code: String!) {
  restoreUserSegment(input: { segment: { code: $code } }) { errors { message } }
}
"""

ERASE = """
mutation ($user: ID!) {
  eraseUser(input: { user: { id: $user }, reason: "Asked for it." }) { errors { message } }
}
"""


def question(page: Page) -> Locator:
    """Whether to go on."""
    return page.get_by_role("dialog", name="You have unsaved changes")


def leave_by_link(page: Page) -> None:
    """In the navigation."""
    page.get_by_role("navigation", name="Navigation").get_by_role("link", name="Proofs").click()


def keep(page: Page, field: Locator, typed: str) -> None:
    """The question is there; the form stays."""
    question(page).get_by_role("button", name="Keep editing").click()
    expect(question(page)).to_have_count(0)
    expect(field).to_have_value(typed)


def discard(page: Page) -> None:
    """The question is there; one goes on."""
    question(page).get_by_role("button", name="Discard").click()
    expect(question(page)).to_have_count(0)


def test_a_link_asks_before_a_form_is_left(person: Callable[..., Person], site: Site) -> None:
    """Add and Edit, of which nothing is left after Discard; and where nothing was typed it leads
    away at once.
    """
    segment = create(site, "Held", "held")
    admin = person("site-admin")
    page = admin.page
    for path, heading in ((NEW, "Add new user segment"), (f"/segments/{segment}?edit=yes", "Held")):
        admin.go(path)
        page.get_by_label("Name").fill("Typed")
        leave_by_link(page)
        expect(question(page).get_by_role("button", name="Keep editing")).to_be_focused()
        admin.assert_accessible()
        keep(page, page.get_by_label("Name"), "Typed")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        leave_by_link(page)
        discard(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Proofs")
        page.go_back()
        expect(page.get_by_label("Name")).not_to_have_value("Typed")
        leave_by_link(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Proofs")


def test_back_and_forward_ask_too(person: Callable[..., Person]) -> None:
    """The address stays that of the form; after Discard it is where one wanted to go."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments")
    page.get_by_role("link", name="Add new user segment").click()
    leave_by_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Proofs")
    page.go_back()
    name = page.get_by_label("Name")
    name.fill("Typed")
    for way in ("back", "forward"):
        page.evaluate(f"history.{way}()")
        keep(page, name, "Typed")
        expect(page).to_have_url(admin.site.url + NEW)
    page.evaluate("history.back()")
    discard(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage User Segments")
    expect(page).to_have_url(f"{admin.site.url}/segments")
    page.evaluate("history.forward()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add new user segment")
    expect(name).to_have_value("")


def test_the_browser_asks_before_a_reload(person: Callable[..., Person]) -> None:
    """Only as long as something is typed and not saved."""
    admin = person("site-admin")
    page = admin.page
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    admin.go(NEW)
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("")
    assert asked == []
    page.get_by_label("Name").press_sequentially("Typed")
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("")
    assert asked == ["beforeunload"]
    page.get_by_label("Name").press_sequentially("Saved")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("link", name="Saved")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Saved")).to_be_visible()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    ("path", "label"),
    [("/users/new", "First name"), ("/users/{user}", "ID number"), ("{segment}/assign", "Entries")],
    ids=["add a user", "edit a user", "paste members"],
)
def test_each_form_asks(person: Callable[..., Person], site: Site, path: str, label: str) -> None:
    """Whatever it is about."""
    segment = "/segments/" + create(site, f"For {label}", label.lower().replace(" ", "-"))
    admin = person("site-admin")
    page = admin.page
    admin.go(path.format(user=id_of(site, "elif"), segment=segment))
    field = page.get_by_role("textbox", name=label)
    field.fill("typed")
    leave_by_link(page)
    keep(page, field, "typed")


def test_cancel_is_a_word_of_its_own(person: Callable[..., Person]) -> None:
    """It leaves the form without asking once more."""
    admin = person("site-admin")
    page = admin.page
    admin.go(NEW)
    page.get_by_label("Name").fill("Typed")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage User Segments")


def test_nothing_typed_is_there_for_who_signs_in_next(person: Callable[..., Person]) -> None:
    """Signing out asks, too; then text, notices and what they offer are gone."""
    admin = person("site-admin")
    page = admin.page
    admin.go(NEW)
    page.get_by_label("Name").fill("Just Made")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("“Just Made” was created.")).to_be_visible()
    page.get_by_role("link", name="Add new user segment").click()
    page.get_by_label("Name").fill("Secret Plans")
    page.get_by_role("button", name="Site Admin").click()
    page.get_by_role("menuitem", name="Sign out").click()
    keep(page, page.get_by_label("Name"), "Secret Plans")
    page.get_by_role("button", name="Site Admin").click()
    page.get_by_role("menuitem", name="Sign out").click()
    discard(page)
    expect(page.get_by_role("heading", name="Sign in to User Segments")).to_be_focused()
    page.get_by_role("button", name="Training Manager", exact=True).click()
    expect(page.get_by_label("Name")).to_have_value("")
    expect(page.get_by_text("Just Made")).to_have_count(0)


def test_a_dialog_asks_before_it_is_left(person: Callable[..., Person], site: Site) -> None:
    """By a click beside it and by Escape; then the focus is where it was."""
    segment = create(site, "Asked About", "asked-about")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{segment}")
    choose_from_menu(admin, "Asked About", "Delete")
    reason = page.get_by_role("dialog", name="Delete").get_by_label("Reason")
    reason.fill("Typed")
    page.mouse.click(4, 400)
    expect(question(page).get_by_role("button", name="Keep editing")).to_be_focused()
    admin.assert_accessible()
    admin.press("Escape")
    expect(question(page)).to_have_count(0)
    expect(reason).to_be_focused()
    expect(reason).to_have_value("Typed")
    admin.press("Escape")
    discard(page)
    expect(reason).to_have_count(0)
    expect(page.get_by_role("button", name="Actions for “Asked About”")).to_be_focused()


def test_others_do_not_take_away_a_row_in_which_somebody_types(
    person: Callable[..., Person], site: Site
) -> None:
    """Not by what comes before it on the page, nor by archiving it, which is told on saving."""
    for number in range(25):
        create(site, f"Row {number}", f"row-{number}")
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=row")
    page.get_by_role("button", name="Rename “Row 24”").click()
    field = page.get_by_role("textbox", name="Rename “Row 24”")
    field.fill("Typed")
    create(site, "Row 3½")
    expect(page.get_by_role("link", name="Row 3½")).to_be_visible()
    expect(field).to_be_focused()
    archive(site, "row-24")
    expect(page.get_by_text("25 in all")).to_be_visible()
    admin.press("Enter")
    expect(field).to_have_accessible_description("The segment is archived; restore it first.")
    expect(field).to_have_value("Typed")
    admin.press("Escape")
    expect(page.get_by_role("link", name="Row 24")).to_have_count(0)
    expect(page.get_by_role("link", name="Row 23")).to_be_focused()
    choose_from_menu(admin, "Row 23", "Delete")
    reason = page.get_by_role("dialog", name="Delete").get_by_label("Reason")
    reason.fill("Typed")
    create(site, "Row 4½")
    expect(page.get_by_text("26 in all")).to_be_visible()
    expect(reason).to_have_value("Typed")


def test_what_is_pasted_stays_when_the_segment_is_archived(
    person: Callable[..., Person], site: Site
) -> None:
    """And can be added once it is restored."""
    segment = create(site, "Pasted Into", "pasted-into")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{segment}/assign")
    entries = page.get_by_role("textbox", name="Entries")
    entries.fill("elif")
    add = page.get_by_role("button", name="Add 1 entry")
    archive(site, "pasted-into")
    expect(add).to_be_disabled()
    expect(page.get_by_text("The segment is archived")).to_have_count(2)
    expect(entries).to_have_value("elif")
    admin.assert_accessible()
    site.ask(RESTORE, code="pasted-into")
    add.click()
    expect(page.get_by_text("1 user was added.")).to_be_visible()
    expect(entries).to_have_value("")


def test_of_a_person_who_is_erased_what_was_typed_stays(
    person: Callable[..., Person], site: Site
) -> None:
    """And nothing of theirs; in a dialog, too, where why it cannot be done stands."""
    user = id_of(site, "kaja")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/users/{user}")
    page.get_by_label("Last name").fill("Typed")
    page.get_by_role("button", name="Suspend").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("Typed, too")
    site.ask(ERASE, user=user)
    expect(dialog).to_contain_text("Who this was has been destroyed.")
    expect(dialog.get_by_label("Reason")).to_have_value("Typed, too")
    expect(dialog.get_by_role("button", name="Suspend")).to_be_disabled()
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("region", name="What you typed")).to_contain_text("Typed")
    expect(page.get_by_text("kaja")).to_have_count(0)
    admin.assert_accessible()
    leave_by_link(page)
    discard(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Proofs")
