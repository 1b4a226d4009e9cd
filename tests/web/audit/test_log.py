"""The log, the access log and checkpoints, for those who may read the log."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.forms import only_long
from tests.web.answers import expect_answer
from tests.web.audit.conftest import Told
from tests.web.person import Person
from tests.web.settled import assert_fits
from tests.web.site import Site

pytestmark = pytest.mark.slow

PAGES = ["/log", "/log/access", "/log/proofs"]


def events(one: Person) -> Locator:
    """The entries of the log, newest first."""
    return one.page.get_by_role("list", name="The log").get_by_role("listitem")


def sentences(site: Site) -> list[re.Pattern[str]]:
    """What the service tells of the last fifty events, newest first."""
    events = site.ask("{ events(last: 50) { nodes { summary } } }")["events"]["nodes"]
    return [re.compile(re.escape(event["summary"])) for event in reversed(events)]


def noted(site: Site, outcome: str) -> list[str]:
    """Who is in the access log with such an outcome, and with which question."""
    query = """query ($outcome: [AccessOutcome!]) {
      accessLog(last: 25, filter: {outcome: $outcome}) {
      nodes { operation actor { displayName } } } }"""
    entries = site.ask(query, outcome=outcome)["accessLog"]["nodes"]
    return [f"{entry['actor']['displayName']}: {entry['operation']}" for entry in entries]


def test_an_auditor_pages_the_log_both_ways(person: Callable[..., Person], site: Site) -> None:
    """Newest first, with the activity of the site above."""
    told = sentences(site)
    auditor = person("auditor")
    auditor.go("/")
    auditor.page.get_by_role("main").get_by_role("link", name="The log").click()
    expect(events(auditor)).to_have_text(told[:25])
    expect(auditor.page.get_by_role("img", name="Activity of the site")).to_be_visible()
    auditor.assert_accessible()
    auditor.page.get_by_role("button", name="Older").click()
    expect(events(auditor)).to_have_text(told[25:])
    auditor.page.get_by_role("button", name="Newer").click()
    expect(events(auditor)).to_have_text(told[:25])


def test_it_is_filtered_by_its_address(person: Callable[..., Person], sales: Told) -> None:
    """By segment, type, command; from an event to all of its command, and back to all."""
    auditor = person("auditor")
    auditor.go(f"/log?segment={sales.id}")
    expect(events(auditor)).to_have_count(3)
    expect(auditor.page.get_by_role("combobox", name="Segment")).to_have_value("Sales Team")
    auditor.page.get_by_role("combobox", name="Type").click()
    auditor.page.get_by_role("option", name="segment.edited").click()
    expect(events(auditor)).to_have_count(1)
    expect(auditor.page).to_have_url(re.compile("type=segment.edited"))
    auditor.assert_accessible()
    events(auditor).get_by_role("button", name="renamed the segment").click()
    auditor.page.get_by_role("link", name="demo-1-rename").click()
    expect(auditor.page.get_by_role("textbox", name="Command")).to_have_value("demo-1-rename")
    expect(events(auditor)).to_have_count(1)
    auditor.page.get_by_role("button", name="Show all").click()
    expect(events(auditor)).to_have_count(25)


def test_a_person_is_found_by_typing(person: Callable[..., Person]) -> None:
    """The events about them: who they are, and what brought them into segments."""
    auditor = person("auditor")
    auditor.go("/log")
    auditor.page.get_by_role("combobox", name="About the user").fill("bruno")
    options = auditor.page.get_by_role("listbox", name="About the user").get_by_role("option")
    expect(options).to_have_text(["Bruno Costa (bruno)"])
    options.click()
    expect(events(auditor).last).to_contain_text("Bruno Costa")
    expect(events(auditor)).not_to_have_count(25)


def test_what_cannot_be_asked_is_told(person: Callable[..., Person]) -> None:
    """A filter that names nothing possible is no empty list."""
    auditor = person("auditor")
    auditor.go("/log?type=segment.painted")
    expect(auditor.page.get_by_role("alert")).to_contain_text("names what there cannot be")
    auditor.go("/log?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z")
    expect(auditor.page.get_by_text("Nothing was recorded that matches.")).to_be_visible()


def test_what_is_new_is_told_and_nobody_loses_their_place(
    person: Callable[..., Person], sales: Told
) -> None:
    """The list stays; a button says how many there are, and shows them."""
    before = sentences(sales.site)[:25]
    admin = person("site-admin")
    admin.go("/log")
    expect(events(admin)).to_have_text(before)
    sales.edit(description="One.")
    expect(admin.page.get_by_role("button", name="Show 1 new event")).to_be_visible()
    expect(events(admin)).to_have_text(before)
    sales.edit(description="Two.")
    expect(admin.page.get_by_role("button", name="Show 2 new events")).to_be_visible()
    admin.assert_accessible()
    admin.page.get_by_role("button", name="Show 2 new events").click()
    expect(events(admin).first).to_contain_text("Site Admin changed its description.")
    expect(events(admin).first).to_contain_text("Sales Team")
    expect(admin.page.get_by_role("button", name="new event")).to_have_count(0)


def test_who_was_refused_stands_in_the_access_log(
    person: Callable[..., Person], site: Site
) -> None:
    """With what they asked for; filtered by how it ended."""
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        site.ask("{ events { totalCount } }", "learner")
    expect_answer(noted, site, "FORBIDDEN").to_contain("Learner: events")
    expect_answer(noted, site, "ALLOWED").to_contain("Site Admin: accessLog")
    auditor = person("auditor")
    auditor.go("/log/access?outcome=FORBIDDEN")
    table = auditor.page.get_by_role("table", name="Access log")
    row = table.get_by_role("row").filter(has_text="events").filter(has_text="Learner").first
    expect(row).to_contain_text("FORBIDDEN")
    auditor.assert_accessible()
    outcome = auditor.page.get_by_label("Outcome")
    outcome.fill("ALLOWED")
    outcome.press("Enter")
    expect(table).to_contain_text("accessLog")
    expect(table).not_to_contain_text("FORBIDDEN")


def test_a_checkpoint_is_held_against_the_one_seen_before(
    person: Callable[..., Person], sales: Told
) -> None:
    """Kept, proven consistent when the log has grown, and loud when it is another log."""
    admin = person("site-admin")
    admin.go("/log/proofs")
    told = admin.page.get_by_role("main").get_by_role("status")
    expect(told.filter(has_text="for the first time")).to_be_visible()
    note = admin.page.get_by_role("figure", name="The signed checkpoint")
    expect(note).to_contain_text("user-segments.local/log")
    admin.assert_accessible()
    sales.edit(description="The log grows.")
    admin.page.get_by_role("button", name="Ask for a fresh checkpoint").click()
    expect(told.filter(has_text="nothing was changed, removed or moved")).to_be_visible()
    admin.page.evaluate(
        """() => {
          const kept = JSON.parse(localStorage.getItem("segments.checkpoint"));
          const lines = kept.note.split("\\n");
          lines[2] = btoa("x".repeat(32));
          kept.note = lines.join("\\n");
          localStorage.setItem("segments.checkpoint", JSON.stringify(kept));
        }"""
    )
    sales.edit(description="It was rewritten.")
    admin.page.get_by_role("button", name="Ask for a fresh checkpoint").click()
    alarm = admin.page.get_by_role("alert")
    expect(alarm).to_contain_text("THE LOG IS NOT THE ONE THAT WAS SEEN BEFORE")
    kept = admin.page.get_by_role("figure", name="The checkpoint that was kept here")
    expect(kept).to_contain_text("user-segments.local/log")
    admin.assert_accessible()
    admin.page.reload()
    expect(alarm).to_be_visible()
    admin.page.get_by_role("button", name="Forget the kept one").click()
    expect(alarm).to_have_count(0)
    expect(told.filter(has_text="Consistent")).to_be_visible()


@pytest.mark.parametrize("role", ["training-manager", "learner"])
def test_for_others_the_log_is_absent_and_refused(
    person: Callable[..., Person], site: Site, role: str
) -> None:
    """No place leads to it, its addresses say who may, and the service says no."""
    other = person(role)
    for page in PAGES:
        other.go(page)
        expect(other.page.get_by_role("heading", level=1)).to_have_text("You do not have access")
    expect(
        other.page.get_by_role("link", name=re.compile("The log|Access log|Proofs"))
    ).to_have_count(0)
    for question in ("events { totalCount }", "accessLog { totalCount }", "siteActivity { day }"):
        with pytest.raises(AssertionError, match="FORBIDDEN"):
            site.ask(f"{{ {question} }}", role)


@only_long
@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_read_in_arabic_on_a_narrow_screen(
    person: Callable[..., Person], page: str
) -> None:
    """From right to left, nothing wider than the screen."""
    admin = person("site-admin", locale="ar", viewport={"width": 320, "height": 800})
    admin.go(page)
    expect(admin.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(
        admin.page.get_by_role("navigation", name="الصفحات")
        .or_(admin.page.get_by_role("figure"))
        .first
    ).to_be_visible()
    assert_fits(admin.page)
    admin.assert_accessible()
