"""A segment as of a moment, at two moments, and why somebody is in it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.forms import only_long
from tests.web.audit.conftest import Told, told
from tests.web.person import Person
from tests.web.site import Site

pytestmark = pytest.mark.slow

DELETE = """mutation($input: DeleteUserSegmentInput!) {
  deleteUserSegment(input: $input) { errors { message } } }"""


def test_one_slides_along_the_events_and_sees_the_segment_as_of_then(
    person: Callable[..., Person], sales: Told
) -> None:
    """By arrow keys; the moment is in the address, and what differs now stands below."""
    admin = person("site-admin")
    admin.go(f"/segments/{sales.id}")
    admin.page.get_by_role("link", name="As of a moment", exact=True).click()
    state = admin.page.get_by_role("region", name="The segment then")
    expect(state).to_contain_text("Sales Team")
    slider = admin.page.get_by_role("slider", name="Moment: along the events")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("added 5 users"))
    expect(state.get_by_role("row", name="Name")).to_have_text("NameSales")
    expect(admin.page.get_by_role("heading", level=1)).to_have_text("Sales Team")
    members = admin.page.get_by_role("table", name="Members then")
    expect(members.get_by_role("row")).to_have_count(1 + 5)
    changes = admin.page.get_by_role("table", name="Changed fields")
    expect(changes.get_by_role("row", name="Name")).to_have_text("NameSalesSales Team")
    admin.assert_accessible()
    slider.press("Home")
    expect(admin.page.get_by_text("Nobody was in it then.")).to_be_visible()
    expect(admin.page.get_by_role("region", name="5 people joined")).to_be_visible()
    admin.page.reload()
    expect(admin.page.get_by_text("Nobody was in it then.")).to_be_visible()
    admin.page.get_by_role("link", name="Members", exact=True).click()
    present = admin.page.get_by_role("table", name="Members")
    expect(present).to_contain_text("Bruno Costa")


def test_members_of_then_are_searched(person: Callable[..., Person], sales: Told) -> None:
    """Also somebody who left since."""
    sales.remove("elif")
    auditor = person("auditor")
    auditor.go(f"/segments/{sales.id}/as-of?position={sales.remove('carla') - 1}")
    members = auditor.page.get_by_role("table", name="Members then")
    expect(members.get_by_role("row")).to_have_count(1 + 4)
    auditor.page.get_by_role("searchbox", name="Search those who were in it").fill("meier")
    expect(members.get_by_role("row")).to_have_count(1 + 1)
    expect(members).to_contain_text("Carla Meier")
    expect(auditor.page.get_by_role("region", name="1 person left")).to_contain_text("Carla Meier")


def test_before_its_creation_it_was_not_on_the_site(
    person: Callable[..., Person], sales: Told
) -> None:
    """A date and time does as well as the slider."""
    admin = person("site-admin")
    admin.go(f"/segments/{sales.id}/as-of")
    moment = admin.page.get_by_label("Moment: date and time")
    moment.fill("2020-01-01T12:00:00")
    moment.press("Enter")
    expect(admin.page.get_by_text("The segment was not on the site then.")).to_be_visible()
    expect(admin.page).to_have_url(re.compile("time=2020-01-01"))


def test_two_moments_are_compared(person: Callable[..., Person], site: Site) -> None:
    """Changed fields before and after, who joined and who left, followed live."""
    leaders = told(site, "leaders")
    first = leaders.edit(description="The board.")
    admin = person("site-admin")
    admin.go(f"/segments/{leaders.id}/compare?from={first}")
    expect(admin.page.get_by_text("Nothing differs.")).to_be_visible()
    leaders.edit(name="Leadership", visible=True)
    changes = admin.page.get_by_role("table", name="Changed fields")
    expect(changes.get_by_role("row", name="Name")).to_have_text("NameLeadership CircleLeadership")
    expect(changes.get_by_role("row", name="Visible")).to_have_text("VisibleNoYes")
    leaders.remove("zoe")
    left = admin.page.get_by_role("region", name="1 person left")
    expect(left).to_contain_text("Zoë Dubois")
    admin.assert_accessible()


def test_why_somebody_is_here_is_told_by_the_events(
    person: Callable[..., Person], sales: Told
) -> None:
    """From the member to the chain of events, the first cause first."""
    auditor = person("auditor")
    auditor.go(f"/segments/{sales.id}/as-of")
    auditor.page.get_by_role("link", name="Why is Bruno Costa here?").click()
    expect(auditor.page.get_by_role("heading", name="Why is Bruno Costa here?")).to_be_visible()
    expect(auditor.page.get_by_text("added by hand")).to_be_visible()
    chain = auditor.page.get_by_role("list", name="What led to it, first cause first")
    expect(chain.get_by_role("listitem")).to_have_count(1)
    expect(chain).to_contain_text("added 5 users to the segment.")
    auditor.assert_accessible()


def test_a_deleted_segment_is_found_in_the_site_as_of_then(
    person: Callable[..., Person], site: Site
) -> None:
    """By somebody who may see the past but not the log."""
    wardens = site.ask('{ siteUserSegments(search: "Floor 2") { nodes { id } } }')
    [gone] = [node["id"] for node in wardens["siteUserSegments"]["nodes"]]
    position = told(site, "first-aid").edit(description="Hold a certificate.")
    given = {"segment": {"id": gone}, "reason": "The floor is closed."}
    assert site.ask(DELETE, input=given)["deleteUserSegment"]["errors"] == []
    trainer = person("training-manager")
    trainer.go("/")
    trainer.page.get_by_role("main").get_by_role("link", name="Site as of a moment").click()
    table = trainer.page.get_by_role("table", name="Site as of a moment")
    expect(table).to_contain_text("Fire Wardens, Floor 10")
    expect(table.get_by_role("link", name="Fire Wardens, Floor 2")).to_have_count(0)
    trainer.go(f"/log/site-as-of?position={position}")
    trainer.assert_accessible()
    row = table.get_by_role("row").filter(has_text="Fire Wardens, Floor 2")
    expect(row.filter(has_text="Deleted since")).to_have_count(1)
    table.get_by_role("link", name="Fire Wardens, Floor 2").click()
    expect(trainer.page).to_have_url(re.compile(f"/segments/{gone}/as-of"))
    expect(trainer.page.get_by_role("heading", level=1)).to_have_text("Fire Wardens, Floor 2")
    expect(trainer.page.get_by_text("not on the site any more")).to_be_visible()
    trainer.assert_accessible()


def test_a_learner_sees_no_past(person: Callable[..., Person], sales: Told) -> None:
    """No place leads to it, its addresses do not either, and the service says no."""
    learner = person("learner")
    learner.go("/")
    expect(learner.page.get_by_role("link", name="Site as of a moment")).to_have_count(0)
    for tab in ("as-of", "compare", f"why/{sales.id}", "history"):
        learner.go(f"/segments/{sales.id}/{tab}")
        expect(learner.page.get_by_role("heading", level=1)).to_have_text("Page not found")
    for path in (f"/segments/{sales.id}/as-of?position=30", "/log/site-as-of"):
        learner.go(path)
        expect(learner.page.get_by_role("heading", level=1)).to_have_text("You do not have access")
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        sales.site.ask("{ siteUserSegments(asOf: {position: 5}) { totalCount } }", "learner")


@only_long
def test_a_long_past_is_walked_through_in_stretches(
    person: Callable[..., Person], site: Site
) -> None:
    """The slider goes along a hundred events at once, the history along twenty-five."""
    council = told(site, "council")
    for number in range(110):
        council.edit(description=f"No. {number}")
    auditor = person("auditor")
    auditor.go(f"/segments/{council.id}/as-of")
    slider = auditor.page.get_by_role("slider")
    expect(slider).to_have_attribute("max", "99")
    auditor.page.get_by_role("button", name="Earlier events").click()
    expect(slider).to_have_attribute("max", "11")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("created the segment"))
    expect(auditor.page.get_by_text("Nobody was in it then.")).to_be_visible()
    auditor.page.get_by_role("button", name="Latest events").click()
    expect(slider).to_have_attribute("aria-valuetext", re.compile("Before the first of these"))
    auditor.page.get_by_role("link", name="History").click()
    events = auditor.page.get_by_role("list", name="History").get_by_role("listitem")
    expect(events).to_have_count(25)
    for _ in range(4):
        auditor.page.get_by_role("button", name="Older").click()
    expect(events.last).to_contain_text("created the segment “Works Council”")
    expect(auditor.page.get_by_role("button", name="Older")).to_be_disabled()
    auditor.page.get_by_role("button", name="Newest").click()
    expect(auditor.page.get_by_role("button", name="Newest")).to_be_disabled()
    expect(events).to_have_count(25)
