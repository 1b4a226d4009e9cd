"""Site User Segments: searched, filtered, ordered and paged, all in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.web.person import Person
from tests.web.segments.segments_fixture import create
from tests.web.settled import assert_fits, settled
from tests.web.site import Site

MEMBERS = "td:nth-child(3)"
"""The cell in a row of somebody who may not choose rows."""


def names(page: Page) -> Locator:
    """The names on the page, in order."""
    return page.get_by_role("row").get_by_role("link")


def rows(page: Page) -> Locator:
    """Without the header."""
    return page.get_by_role("row").filter(has=page.get_by_role("cell"))


def test_a_search_finds_by_part_and_shows_where(person: Callable[..., Person]) -> None:
    """Case and accents do not matter; what was found in the description is shown."""
    admin = person("site-admin")
    admin.go("/segments")
    search = admin.page.get_by_role("searchbox")
    search.fill("GENE")
    expect(rows(admin.page)).to_have_count(1)
    expect(admin.page.locator("mark")).to_have_text(["Genè", "Gene", "gene"])
    expect(admin.page).to_have_url(re.compile("search=GENE"))
    admin.assert_accessible()
    search.fill("nothing like it")
    expect(admin.page.get_by_text("No user segment matches.")).to_be_visible()
    admin.assert_accessible()
    admin.page.get_by_role("button", name="Show all active segments").click()
    expect(rows(admin.page)).not_to_have_count(0)
    expect(search).to_have_value("")


def test_filters_are_in_the_address(person: Callable[..., Person]) -> None:
    """So that a list can be sent to somebody; the Back button takes a filter back."""
    auditor = person("auditor")
    auditor.go("/segments")
    page = auditor.page
    page.get_by_label("Status").select_option("Archived")
    expect(names(page)).to_have_text(["Engineering Interns 2025"])
    page.reload()
    expect(page.get_by_label("Status")).to_have_value("ARCHIVED")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("Source").select_option("Uploaded from a file")
    expect(page.get_by_text("No user segment matches.")).to_be_visible()
    page.go_back()
    expect(rows(page)).to_have_count(1)
    auditor.go("/segments?visibility=HIDDEN&status=what-is-this")
    expect(names(page)).to_have_text(["Leadership Circle", "Works Council"])


def test_each_header_orders_both_ways(person: Callable[..., Person]) -> None:
    """By name at first, as people sort; a header turns the order around."""
    auditor = person("auditor")
    page = auditor.page
    auditor.go("/segments")
    expect(page.get_by_role("columnheader", name="Name")).to_have_attribute(
        "aria-sort", "ascending"
    )
    wardens = names(page).filter(has_text="Fire Wardens")
    expect(wardens).to_have_text(["Fire Wardens, Floor 2", "Fire Wardens, Floor 10"])
    for header in ("Name", "User segment ID", "Members", "Created", "Changed"):
        column = page.get_by_role("columnheader", name=header)
        directions = ("descending",) if header == "Name" else ("ascending", "descending")
        for direction in directions:
            column.get_by_role("button").press("Enter")
            expect(column).to_have_attribute("aria-sort", direction)
    auditor.go("/segments?order=MEMBER_COUNT&direction=DESC")
    expect(rows(page)).not_to_have_count(0)
    settled(page)
    counts = [int(count) for count in rows(page).locator(MEMBERS).all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_pages_go_forwards_and_back(person: Callable[..., Person], site: Site) -> None:
    """25 at a time; what is shown stays in place while others add."""
    for number in range(30):
        create(site, f"Paged {number}")
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=paged")
    expect(page.get_by_text("30 in all")).to_be_visible()
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()
    page.get_by_role("button", name="Next").click()
    expect(names(page)).to_have_text([f"Paged {number}" for number in range(25, 30)])
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    create(site, "Paged 3½")
    page.get_by_role("button", name="Previous").click()
    expect(page.get_by_role("link", name="Paged 24")).to_be_visible()
    expect(page.get_by_text("31 in all")).to_be_visible()


def test_a_learner_sees_only_their_own(person: Callable[..., Person], site: Site) -> None:
    """One who is in none sees an empty list; a segment of others is not there."""
    learner = person("learner")
    page = learner.page
    learner.go("/segments")
    expect(page.get_by_text("There are no user segments yet.")).to_be_visible()
    expect(page.get_by_label("Source")).to_have_count(0)
    learner.assert_accessible()
    council = site.ask('{ userSegment(segment: {code: "council"}) { id } }')["userSegment"]["id"]
    learner.go(f"/segments/{council}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")


def test_on_a_phone_and_from_right_to_left(person: Callable[..., Person]) -> None:
    """At 320 px nothing but the table scrolls sideways; Arabic runs the other way, dialogs too."""
    admin = person("site-admin", viewport={"width": 320, "height": 700}, locale="ar")
    page = admin.page
    admin.go("/segments?search=council")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(rows(page)).to_have_count(1)
    assert_fits(page)
    admin.assert_accessible()
    page.get_by_role("button", name="إجراءات «Works Council»").click()
    page.get_by_role("menuitem", name="حذف").click()
    expect(page.get_by_role("dialog", name="حذف")).to_contain_text("Works Council")
    assert_fits(page)
    admin.assert_accessible()
