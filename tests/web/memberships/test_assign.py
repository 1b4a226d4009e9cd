"""Assign users: two panes, and many at once by pasting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.forms import only_long
from tests.web.answers import expect_answer
from tests.web.memberships.roster import members_of, segment_of
from tests.web.person import Person
from tests.web.settled import assert_fits
from tests.web.site import Site

pytestmark = pytest.mark.slow

INSIDE, OUTSIDE = "Users in the segment", "Users not in the segment"


def option(page: Page, pane: str, name: str) -> Locator:
    """Somebody in one of the two lists."""
    return page.get_by_role("listbox", name=pane).get_by_role("option", name=name)


def test_users_are_found_chosen_and_added(person: Callable[..., Person], site: Site) -> None:
    """Those who are chosen stay so while others are searched; all move at once, and back."""
    identifier = segment_of(site, "Assigned", "hiro")
    trainer = person("training-manager")
    page = trainer.page
    trainer.go(f"/segments/{identifier}/members")
    page.get_by_role("main").get_by_role("link", name="Assign users").last.click()
    expect(option(page, INSIDE, "Hiro Tanaka")).to_be_visible()
    expect(option(page, OUTSIDE, "Hiro Tanaka")).to_have_count(0)
    search = page.get_by_role("combobox", name=f"Search: {OUTSIDE}")
    found = page.get_by_role("listbox", name=OUTSIDE).get_by_role("option")
    for words, name in (("maya@", "Maya Shah"), ("zajac", "Łukasz Zając")):
        search.fill(words)
        expect(found).to_have_count(1)
        option(page, OUTSIDE, name).click()
    expect(option(page, OUTSIDE, "Łukasz Zając")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("2 are chosen")).to_be_visible()
    trainer.assert_accessible()
    page.get_by_role("button", name="Add to the segment").click()
    expect(page.get_by_text("2 users were added.")).to_be_visible()
    expect(option(page, INSIDE, "Maya Shah")).to_be_visible()
    expect(option(page, OUTSIDE, "Łukasz Zając")).to_have_count(0)
    expect_answer(members_of, site, identifier).to_equal(["maya", "hiro", "lukasz"])
    option(page, INSIDE, "Hiro Tanaka").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("1 user was removed.")).to_be_visible()
    expect_answer(members_of, site, identifier).to_equal(["maya", "lukasz"])


def test_the_same_by_keyboard_alone(person: Callable[..., Person], site: Site) -> None:
    """Typing searches, arrows go through what is found, Enter chooses, Tab leads to the button."""
    identifier = segment_of(site, "By keys")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{identifier}/assign")
    search = page.get_by_role("combobox", name=f"Search: {OUTSIDE}")
    search.focus()
    page.keyboard.type("o")
    expect(option(page, OUTSIDE, "Daniel Okafor")).to_be_visible()
    search.fill("okafor")
    expect(page.get_by_role("listbox", name=OUTSIDE).get_by_role("option")).to_have_count(1)
    admin.press("ArrowDown")
    chosen = option(page, OUTSIDE, "Daniel Okafor")
    expect(search).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    admin.press("Enter")
    expect(chosen).to_have_attribute("aria-selected", "true")
    admin.press("Tab", "Tab")
    expect(page.get_by_role("button", name="Add to the segment")).to_be_focused()
    admin.press("Enter")
    expect(option(page, INSIDE, "Daniel Okafor")).to_be_visible()
    expect_answer(members_of, site, identifier).to_equal(["daniel"])


def test_many_are_pasted(person: Callable[..., Person], site: Site) -> None:
    """Usernames or e-mail addresses, in lines or with commas; who was in already is counted."""
    identifier = segment_of(site, "Pasted", "hiro")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{identifier}/assign")
    page.get_by_label("They are").select_option("E-mail addresses")
    page.get_by_label("Entries").fill("HIRO@example.org, kaja@example.org\nelif@example.org\n")
    page.get_by_role("button", name="Add 3 entries").click()
    expect(page.get_by_text("2 users were added. 1 was in it already.")).to_be_visible()
    expect(page.get_by_label("Entries")).to_have_value("")
    expect_answer(members_of, site, identifier).to_equal(["elif", "kaja", "hiro"])
    page.get_by_label("They are").select_option("Usernames")
    page.get_by_label("Entries").fill("elif\ngrace")
    page.get_by_role("button", name="Remove 2 entries").press("Enter")
    expect(page.get_by_text("1 user was removed. 1 was not in it.")).to_be_visible()
    expect_answer(members_of, site, identifier).to_equal(["kaja", "hiro"])


def test_entries_that_name_nobody_are_shown_and_mended(
    person: Callable[..., Person], site: Site
) -> None:
    """Nothing is recorded; the very entries are told, and can be taken out of what was pasted."""
    identifier = segment_of(site, "Mistaken")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{identifier}/assign")
    page.get_by_label("Entries").fill("hiro, nobody\nkaja; no-one-else")
    page.get_by_role("button", name="Add 4 entries").click()
    alert = page.get_by_role("alert").filter(has_text="2 entries name nobody")
    entries = alert.get_by_role("list", name="Entries that name nobody").get_by_role("listitem")
    expect(entries).to_contain_text(["nobody", "no-one-else"])
    assert members_of(site, identifier) == []
    admin.assert_accessible()
    alert.get_by_role("button", name="Take these 2 out of the list").click()
    expect(page.get_by_label("Entries")).to_have_value("hiro\nkaja")
    page.get_by_role("button", name="Add 2 entries").click()
    expect(page.get_by_text("2 users were added.")).to_be_visible()
    expect_answer(members_of, site, identifier).to_equal(["kaja", "hiro"])


def test_more_than_can_be_taken_is_told_before_it_is_sent(
    person: Callable[..., Person], site: Site
) -> None:
    """A hundred thousand are taken at once, and not one more."""
    identifier = segment_of(site, "Too many")
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{identifier}/assign")
    page.get_by_label("Entries").fill("u," * 100_001)
    expect(page.get_by_text("That is 100,001; at most 100,000 can be taken")).to_be_visible()
    expect(page.get_by_role("button", name="Add 100,001 entries")).to_be_disabled()


@only_long
def test_it_works_from_right_to_left_and_on_a_narrow_screen(
    person: Callable[..., Person], site: Site
) -> None:
    """In Arabic, at 320 pixels: nothing is wider than the screen, and axe finds nothing."""
    identifier = segment_of(site, "Narrow", "hiro", "kaja")
    admin = person("site-admin", locale="ar", viewport={"width": 320, "height": 800})
    for place in ("members", "assign"):
        admin.go(f"/segments/{identifier}/{place}")
        expect(admin.page.locator("html")).to_have_attribute("dir", "rtl")
        expect(admin.page.get_by_text("Hiro Tanaka")).to_be_visible()
        admin.assert_accessible()
        assert_fits(admin.page)
