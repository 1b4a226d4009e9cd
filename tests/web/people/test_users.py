"""The directory: found, added, changed, kept out for a while, and erased."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.forms import only_long, short_and_long
from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.settled import assert_fits
from tests.web.site import Site

pytestmark = pytest.mark.slow

USER = """query ($username: String!) {
    user(user: {username: $username}) { email firstName code status roles version }
}"""
RENAME = """mutation ($username: String!, $email: String!) {
    updateUser(input: {user: {username: $username}, email: $email}) { errors { message } }
}"""
ASSIGN = """mutation ($username: String!, $roles: [Role!]!) {
    assignRoles(input: {user: {username: $username}, roles: $roles}) { errors { message } }
}"""
CONFLICT = "Somebody else changed this, too"
ID = "query ($username: String!) { user(user: {username: $username}) { id } }"


def id_of(site: Site, username: str) -> str:
    """The id of somebody in the directory."""
    found: str = site.ask(ID, username=username)["user"]["id"]
    return found


def found(site: Site, username: str) -> dict[str, Any]:
    """What the directory has; nothing for nobody."""
    user: dict[str, Any] | None = site.ask(USER, username=username)["user"]
    return user or {}


def test_users_are_listed_searched_and_filtered(person: Callable[..., Person]) -> None:
    """What is shown stands in the address; from the list one comes to the person."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/")
    page.get_by_role("main").get_by_role("link", name="Users", exact=True).click()
    expect(page.get_by_role("heading", name="Users", level=1)).to_be_visible()
    rows = page.get_by_role("table", name="Users of the site").get_by_role("row")
    expect(rows).to_have_count(19)
    admin.assert_accessible()
    page.get_by_label("Role").select_option("Auditor")
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("Carla Meier")
    expect(page).to_have_url(re.compile("role=AUDITOR"))
    page.get_by_label("Role").select_option("Any role")
    expect(rows).to_have_count(19)
    page.get_by_role("searchbox").fill("alvarez")
    expect(rows).to_have_count(2)
    page.reload()
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("José Álvarez")
    page.get_by_role("link", name="José Álvarez").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("José Álvarez")
    page.get_by_role("link", name="Segments", exact=True).click()
    expect(page.get_by_role("table", name="Segments")).to_contain_text("Works Council")
    admin.assert_accessible()


def test_a_user_is_added_by_keyboard(person: Callable[..., Person], site: Site) -> None:
    """Tab, Space, Enter and typing do; what the service refuses stands beside its field."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/users/new")
    page.get_by_label("First name").focus()
    for words in ("Nora", "Quist", "hiro", "nora@example.org", "N-1"):
        page.keyboard.type(words)
        admin.press("Tab")
    expect(page.get_by_role("checkbox", name="Site admin")).to_be_focused()
    admin.press("Tab", "Tab", "Space", "Tab", "Tab")
    expect(page.get_by_role("button", name="Save changes")).to_be_focused()
    admin.press("Enter")
    expect(page.get_by_label("Username")).to_have_attribute("aria-invalid", "true")
    admin.assert_accessible()
    page.get_by_label("Username").fill("nora")
    page.get_by_label("Username").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nora Quist")
    expect_answer(found, site, "nora").to_have(
        email="nora@example.org", code="N-1", roles=["AUDITOR", "LEARNER"]
    )


def test_a_user_and_their_roles_are_changed(person: Callable[..., Person], site: Site) -> None:
    """Only what was typed is changed, and it can be taken back."""
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/users/{id_of(site, 'grace')}")
    page.get_by_label("ID number").fill("G-7")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("The changes were saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Save changes")).to_be_disabled()
    page.get_by_role("checkbox", name="Training manager").check()
    page.get_by_role("button", name="Save roles").click()
    expect(page.get_by_role("button", name="Save roles")).to_be_disabled()
    admin.assert_accessible()
    expect_answer(found, site, "grace").to_have(
        code="G-7", version=3, roles=["LEARNER", "TRAINING_MANAGER"]
    )


def test_what_somebody_else_changed_meanwhile_is_told(
    person: Callable[..., Person], site: Site
) -> None:
    """Other fields follow by themselves; of one that both changed both versions are shown, and
    one's own can be kept.
    """
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/users/{id_of(site, 'hiro')}")
    page.get_by_label("First name").fill("Hiroshi")
    page.get_by_label("E-mail address").fill("mine@example.org")
    renamed = site.ask(RENAME, username="hiro", email="theirs@example.org")["updateUser"]
    assert renamed == {"errors": []}
    told = page.get_by_role("status").filter(has_text="Somebody changed this meanwhile")
    expect(told).to_contain_text("you choose when you save")
    admin.assert_accessible()
    page.get_by_role("button", name="Save changes").click()
    dialog = page.get_by_role("dialog", name=CONFLICT)
    expect(dialog.get_by_role("radiogroup")).to_have_count(1)
    addresses = dialog.get_by_role("radiogroup", name="E-mail address")
    expect(addresses).to_contain_text("Saved by ")
    expect(addresses.get_by_role("radio", name="theirs@example.org")).to_be_focused()
    admin.assert_accessible()
    addresses.get_by_role("radio", name="mine@example.org").check()
    dialog.get_by_role("button", name="Save what I chose").click()
    expect(page.get_by_text("The changes were saved.")).to_be_visible()
    expect(told).to_have_count(0)
    expect_answer(found, site, "hiro").to_have(email="mine@example.org", firstName="Hiroshi")


def test_roles_that_both_changed_are_chosen_between(
    person: Callable[..., Person], site: Site
) -> None:
    """As the one field that they are; what was chosen is what they then have."""
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/users/{id_of(site, 'ines')}")
    page.get_by_role("checkbox", name="Auditor").check()
    assigned = site.ask(ASSIGN, username="ines", roles=["TRAINING_MANAGER"])["assignRoles"]
    assert assigned == {"errors": []}
    page.get_by_role("button", name="Save roles").click()
    roles = page.get_by_role("dialog", name=CONFLICT).get_by_role("radiogroup", name="Roles")
    expect(roles.get_by_role("radio", name="Auditor, Learner")).to_be_visible()
    roles.get_by_role("radio", name="Training manager").check()
    page.get_by_role("button", name="Save what I chose").click()
    expect(page.get_by_role("button", name="Save roles")).to_be_disabled()
    expect(page.get_by_role("checkbox", name="Training manager")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Auditor")).not_to_be_checked()
    expect_answer(found, site, "ines").to_have(roles=["TRAINING_MANAGER"], version=2)


def test_a_user_is_suspended_and_reactivated(person: Callable[..., Person], site: Site) -> None:
    """Which says first what it means; the entry is marked meanwhile."""
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/users/{id_of(site, 'kaja')}")
    page.get_by_role("button", name="Suspend").click()
    dialog = page.get_by_role("dialog", name="Suspend Kaja Nowak")
    expect(dialog).to_contain_text("They may not sign in")
    admin.assert_accessible()
    dialog.get_by_role("button", name="Suspend").click()
    expect(page.get_by_text("Kaja Nowak was suspended.")).to_be_visible()
    expect_answer(found, site, "kaja").to_have(status="SUSPENDED")
    page.get_by_role("button", name="Reactivate").click()
    dialog = page.get_by_role("dialog", name="Reactivate Kaja Nowak")
    dialog.get_by_role("button", name="Reactivate").click()
    expect(page.get_by_role("button", name="Suspend")).to_be_visible()
    expect_answer(found, site, "kaja").to_have(status="ACTIVE")


def test_a_user_is_erased_after_their_username_was_typed(
    person: Callable[..., Person], site: Site
) -> None:
    """What is destroyed is said; a reason and the username are asked for; it cannot be undone."""
    admin = person("site-admin")
    page = admin.page
    identifier = id_of(site, "wanda")
    admin.go(f"/users/{identifier}")
    page.get_by_role("button", name="Erase").click()
    dialog = page.get_by_role("dialog", name="Erase Wanda van den Berg")
    expect(dialog).to_contain_text("This cannot be undone")
    erase = dialog.get_by_role("button", name="Erase for good")
    erase.click()
    expect(dialog.get_by_label("Reason")).to_have_accessible_description(re.compile("Say why."))
    dialog.get_by_label("Reason").fill("She asked for it")
    dialog.get_by_label("Type “wanda” to confirm").fill("wander")
    erase.click()
    expect(dialog).to_contain_text("That is not “wanda”.")
    admin.assert_accessible()
    dialog.get_by_label("Type “wanda” to confirm").fill("wanda")
    erase.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Erased user")
    expect(page.get_by_role("button", name="Erase")).to_have_count(0)
    admin.assert_accessible()
    expect_answer(found, site, "wanda").to_equal({})


@short_and_long("role", "auditor", "training-manager")
def test_who_only_sees_users_is_offered_no_change(
    person: Callable[..., Person], site: Site, role: str
) -> None:
    """They read the list and the entries; there is no form, no button, no tab to add."""
    one = person(role)
    one.go("/users")
    expect(one.page.get_by_role("link", name="Elif Kaya")).to_be_visible()
    expect(one.page.get_by_role("link", name="Add new user")).to_have_count(0)
    one.page.get_by_role("link", name="Elif Kaya").click()
    expect(one.page.get_by_role("definition").filter(has_text="elif@example.org")).to_be_visible()
    expect(one.page.get_by_role("main").get_by_role("button")).to_have_count(0)
    expect(one.page.get_by_role("textbox")).to_have_count(0)
    one.assert_accessible()
    one.go("/users/new")
    expect(one.page.get_by_role("heading", level=1)).to_have_text("You do not have access")


def test_a_learner_has_their_own_profile_and_no_other(
    person: Callable[..., Person], site: Site
) -> None:
    """The list is not there for them, nor is anybody else's entry."""
    noah = person("learner", user="noah")
    page = noah.page
    noah.go("/")
    expect(page.get_by_role("link", name="Users", exact=True)).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="My profile").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noah O'Brien")
    expect(page.get_by_role("definition").filter(has_text="noah@example.org")).to_be_visible()
    noah.assert_accessible()
    page.get_by_role("link", name="Segments", exact=True).click()
    expect(page.get_by_role("table", name="Segments")).to_contain_text("New Joiners")
    noah.go("/users")
    expect(page.get_by_role("heading", level=1)).to_have_text("You do not have access")
    noah.go(f"/users/{id_of(site, 'elif')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")


def test_whom_the_directory_does_not_know_has_no_profile(person: Callable[..., Person]) -> None:
    """They act by the roles of their sign-in alone."""
    learner = person("learner")
    learner.go("/")
    expect(learner.page.get_by_role("link", name="My profile")).to_have_count(0)
    learner.go("/me")
    expect(learner.page.get_by_role("heading", level=1)).to_have_text("Page not found")


@only_long
def test_it_works_from_right_to_left_and_on_a_narrow_screen(
    person: Callable[..., Person], site: Site
) -> None:
    """In Arabic, at 320 pixels: nothing is wider than the screen, and axe finds nothing."""
    admin = person("site-admin", locale="ar", viewport={"width": 320, "height": 800})
    for path in ("/users", "/users/new", f"/users/{id_of(site, 'elif')}"):
        admin.go(path)
        expect(admin.page.locator("html")).to_have_attribute("dir", "rtl")
        expect(admin.page.locator("main input").first).to_be_visible()
        admin.assert_accessible()
        assert_fits(admin.page)
