"""Where the focus is when a dialog opens, and when it closes: in its field, and never nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.web.people.test_users import id_of
from tests.web.person import Person
from tests.web.segments.segments_fixture import create, delete, update
from tests.web.segments.test_deeds import ADD, choose_from_menu
from tests.web.session.test_sign_in import not_signed_in_to_create
from tests.web.site import Site

pytestmark = pytest.mark.slow


def opens(dialog: Locator) -> None:
    """In its first field; the two ways out are called differently."""
    expect(dialog.get_by_label("Reason")).to_be_focused()
    expect(dialog.get_by_role("button", name="Cancel", exact=True)).to_have_count(1)
    expect(dialog.get_by_role("button", name="Close", exact=True)).to_have_count(1)


def assert_trapped(one: Person, dialog: Locator) -> None:
    """Tab goes round in it, both ways."""
    stops = dialog.locator("a, button:enabled, input").count() + 1
    assert stops > 2
    for key in stops * ["Tab"] + stops * ["Shift+Tab"]:
        one.press(key)
        expect(dialog.locator(":focus")).to_have_count(1)


def test_from_a_row_and_back(person: Callable[..., Person], site: Site) -> None:
    """To the button of its menu; when the row has gone, into the one that has come in its place."""
    for name in ("Focus A", "Focus B", "Focus C"):
        create(site, name, name[-1])
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=focus")
    menu = page.get_by_role("button", name="Actions for “Focus B”")
    dialog = page.get_by_role("dialog")
    for way_out in ("Cancel", "Close"):
        choose_from_menu(admin, "Focus B", "Archive")
        opens(dialog)
        dialog.get_by_role("button", name=way_out, exact=True).press("Enter")
        expect(menu).to_be_focused()
    choose_from_menu(admin, "Focus B", "Delete")
    opens(dialog)
    dialog.get_by_label("Reason").fill("Over")
    admin.press("Enter")
    expect(page.get_by_role("link", name="Focus C")).to_be_focused()
    expect(menu).to_have_count(0)
    choose_from_menu(admin, "Focus C", "Archive")
    opens(dialog)
    admin.press("Enter")
    expect(page.get_by_role("link", name="Focus A")).to_be_focused()
    choose_from_menu(admin, "Focus A", "Archive")
    opens(dialog)
    admin.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_from_what_is_done_to_many(person: Callable[..., Person], site: Site) -> None:
    """Back to its button; and from Choose none, which goes, to the search."""
    create(site, "Chosen", "chosen")
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=chosen")
    page.get_by_role("checkbox", name="Choose all on this page").check()
    hide = page.get_by_role("button", name="Hide from teachers")
    hide.click()
    opens(page.get_by_role("dialog", name="Hide from teachers"))
    admin.press("Escape")
    expect(hide).to_be_focused()
    page.get_by_role("button", name="Choose none").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(hide).to_have_count(0)


def test_from_edit(person: Callable[..., Person], site: Site) -> None:
    """Into the form, on Save when it is refused, and back to Edit; from Delete to the next page."""
    segment = create(site, "Edited", "edited")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{segment}")
    edit = page.get_by_role("button", name="Edit", exact=True)
    edit.click()
    page.get_by_label("User segment ID").fill("SALES")
    page.get_by_role("button", name="Save changes").press("Enter")
    expect(page.get_by_text("“SALES” is taken")).to_be_visible()
    expect(page.get_by_role("button", name="Save changes")).to_be_focused()
    page.get_by_role("button", name="Cancel").click()
    for way_out in ("Cancel", "Save changes"):
        edit.click()
        expect(page.get_by_label("Name")).to_be_focused()
        page.get_by_role("button", name=way_out).click()
        expect(edit).to_be_focused()
    choose_from_menu(admin, "Edited", "Delete")
    dialog = page.get_by_role("dialog", name="Delete")
    opens(dialog)
    dialog.get_by_label("Reason").fill("Over")
    admin.press("Enter")
    expect(page.get_by_role("heading", name="Manage User Segments")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    undo = page.get_by_role("dialog", name="Undo this?")
    opens(undo)
    admin.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_from_a_person(person: Callable[..., Person], site: Site) -> None:
    """Suspend becomes Reactivate under the focus; Erase leaves the name of the page."""
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/users/{id_of(site, 'kaja')}")
    page.get_by_role("button", name="Suspend").click()
    opens(page.get_by_role("dialog"))
    admin.press("Enter")
    reactivate = page.get_by_role("main").get_by_role("button", name="Reactivate")
    expect(reactivate).to_be_focused()  # the dialog, while it is there, may hear of it first
    page.get_by_role("button", name="Erase").click()
    dialog = page.get_by_role("dialog")
    opens(dialog)
    dialog.get_by_label("Reason").fill("Asked for it")
    dialog.get_by_label("Type “kaja”").fill("kaja")
    admin.press("Enter")
    expect(page.get_by_role("heading", name="Erased user")).to_be_focused()


def test_from_a_member(person: Callable[..., Person], site: Site) -> None:
    """Back to Remove beside their name."""
    segment = create(site, "Left", "left")
    site.ask(ADD, input={"segment": {"id": segment}, "users": {"usernames": ["elif"]}})
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{segment}/members")
    remove = page.get_by_role("button", name="Remove Elif Kaya")
    remove.click()
    opens(page.get_by_role("dialog"))
    admin.press("Escape")
    expect(remove).to_be_focused()


def test_from_a_conflict(person: Callable[..., Person], site: Site) -> None:
    """On the first choice, and back to Save changes; once it is saved, to Edit."""
    segment = create(site, "Disputed", "disputed")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{segment}?edit=yes")
    page.get_by_label("Name").fill("Mine")
    update(site, segment, name="Theirs")
    save = page.get_by_role("button", name="Save changes")
    dialog = page.get_by_role("dialog", name="Somebody else changed this, too")
    for way_out in ("Back to the form", "Close"):
        save.click()
        expect(dialog.get_by_role("radio", name="Theirs")).to_be_focused()
        assert_trapped(admin, dialog)
        dialog.get_by_role("button", name=way_out).press("Enter")
        expect(save).to_be_focused()
    save.click()
    dialog.get_by_role("radio", name="Mine").check()
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_focused()


def test_from_a_report_of_what_was_not_done(person: Callable[..., Person], site: Site) -> None:
    """It comes in place of the dialog, and leads back to what that was opened by."""
    create(site, "Reported a")
    gone = create(site, "Reported b")
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=reported")
    page.get_by_role("checkbox", name="Choose all on this page").check()
    delete(site, gone)
    expect(page.get_by_role("link", name="Reported b")).to_have_count(0)
    archive = page.get_by_role("button", name="Archive")
    archive.click()
    dialog = page.get_by_role("dialog", name="Archive")
    opens(dialog)
    admin.press("Enter")
    expect(dialog).to_contain_text("Not done to 1 segment")
    close = dialog.get_by_role("button", name="Close")
    expect(close).to_be_focused()
    assert_trapped(admin, dialog)
    close.press("Enter")
    expect(archive).to_be_focused()


def test_from_the_history(person: Callable[..., Person], site: Site) -> None:
    """Back to Undo beside the event, whether it was taken back or not."""
    segment = create(site, "Remembered", "remembered")
    update(site, segment, name="Remembered well")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{segment}/history")
    page.get_by_role("button", name="renamed the segment").click()
    undo = page.get_by_role("main").get_by_role("button", name="Undo")
    undo.click()
    dialog = page.get_by_role("dialog", name="Undo this?")
    opens(dialog)
    expect(dialog).to_contain_text("1 thing would be put back")
    assert_trapped(admin, dialog)
    admin.press("Escape")
    expect(undo).to_be_focused()
    admin.press("Enter")
    opens(dialog)
    expect(dialog).to_contain_text("1 thing would be put back")
    dialog.get_by_label("Reason").fill("Not so well")
    admin.press("Enter")
    expect(page.get_by_text("1 thing was put back.")).to_be_visible()
    expect(undo).to_be_focused()


def test_from_signing_in_again(person: Callable[..., Person]) -> None:
    """On what it says, which is read; it asks before it is left; then back to where one was."""
    manager = person("training-manager")
    page = manager.page
    manager.go("/segments/new")
    page.get_by_label("Name").fill("Typed Before The End")
    manager.expect_messages("401 (Unauthorized)")
    page.route("**/graphql", not_signed_in_to_create)
    save = page.get_by_role("button", name="Save changes")
    save.click()
    dialog = page.get_by_role("dialog", name="Your session has ended")
    expect(dialog.get_by_text("what you typed is still there")).to_be_focused()
    page.unroute_all(behavior="wait")
    expect(dialog.get_by_role("button", name="Training Manager")).to_be_enabled()
    assert_trapped(manager, dialog)
    manager.press("Escape")
    page.get_by_role("button", name="Keep editing").press("Enter")
    expect(dialog.locator(":focus")).to_have_count(1)
    dialog.get_by_role("button", name="Training Manager").press("Enter")
    expect(save).to_be_focused()
    expect(page.get_by_label("Name")).to_have_value("Typed Before The End")


def test_a_menu_with_delete_has_contrast(person: Callable[..., Person]) -> None:
    """In light and dark (WCAG 2.2, 1.4.3)."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=sales team")
    page.get_by_role("button", name="Actions for “Sales Team”").press("Enter")
    expect(page.get_by_role("menuitem", name="Delete")).to_be_visible()
    admin.assert_accessible()
