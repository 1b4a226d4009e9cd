"""Who is in a segment: to look at, and to take out of it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.answers import expect_answer
from tests.web.memberships.roster import crowd_in, members_of, segment_of
from tests.web.person import Person
from tests.web.site import Site

SUSPEND = """mutation ($username: String!) {
    updateUser(input: {user: {username: $username}, status: SUSPENDED}) { errors { message } }
}"""
ARCHIVE = """mutation ($id: ID!) {
    archiveUserSegment(input: {segment: {id: $id}}) { errors { message } }
}"""


def test_members_are_shown_with_since_when_and_by_whom(
    person: Callable[..., Person], site: Site
) -> None:
    """By last name; who is suspended is marked; the search finds by e-mail address, too."""
    identifier = segment_of(site, "Shown", "hiro", "farid", "elif")
    assert site.ask(SUSPEND, username="farid")["updateUser"] == {"errors": []}
    admin = person("site-admin")
    admin.go(f"/segments/{identifier}")
    admin.page.get_by_role("link", name="Members", exact=True).click()
    table = admin.page.get_by_role("table", name="Members")
    rows = table.get_by_role("row").filter(has=admin.page.get_by_role("cell"))
    expect(rows).to_contain_text(["Farid Benali", "Elif Kaya", "Hiro Tanaka"])
    expect(rows.first).to_contain_text("Suspended")
    expect(rows.first).to_contain_text("by Site Admin")
    admin.assert_accessible()
    admin.page.get_by_role("searchbox").fill("hiro@example")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Hiro Tanaka")
    admin.page.get_by_role("searchbox").fill("nobody at all")
    expect(admin.page.get_by_text("Nobody matches.")).to_be_visible()
    admin.page.get_by_role("searchbox").fill("")
    expect(rows).to_have_count(3)


def test_one_and_some_are_removed(person: Callable[..., Person], site: Site) -> None:
    """One by their row, some by their boxes; a reason may be given, and it can be taken back."""
    identifier = segment_of(site, "Leaving", "hiro", "kaja", "elif", "grace")
    trainer = person("training-manager")
    page = trainer.page
    trainer.go(f"/segments/{identifier}/members")
    page.get_by_role("button", name="Remove Hiro Tanaka").click()
    dialog = page.get_by_role("dialog", name="Remove 1 member")
    expect(dialog).to_contain_text("Hiro Tanaka")
    trainer.assert_accessible()
    dialog.get_by_label("Reason").fill("Moved to another team")
    dialog.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("1 user was removed.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove Hiro Tanaka")).to_have_count(0)
    page.get_by_role("checkbox", name="Choose Kaja Nowak").check()
    page.get_by_role("checkbox", name="Choose Elif Kaya").check()
    expect(page.get_by_text("2 are chosen")).to_be_visible()
    trainer.assert_accessible()
    page.get_by_role("button", name="Remove", exact=True).click()
    dialog = page.get_by_role("dialog", name="Remove 2 members")
    dialog.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("2 users were removed.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Kaja")).to_have_count(0)
    expect_answer(members_of, site, identifier).to_equal(["grace"])


def test_an_archived_segment_keeps_its_members(person: Callable[..., Person], site: Site) -> None:
    """Which is said, and nothing is offered that would be refused."""
    identifier = segment_of(site, "Put away", "hiro")
    assert site.ask(ARCHIVE, id=identifier)["archiveUserSegment"] == {"errors": []}
    admin = person("site-admin")
    admin.go(f"/segments/{identifier}/members")
    expect(admin.page.get_by_text("The segment is archived")).to_be_visible()
    expect(admin.page.get_by_text("Hiro Tanaka")).to_be_visible()
    expect(admin.page.get_by_role("button", name="Remove Hiro Tanaka")).to_have_count(0)
    expect(admin.page.get_by_role("link", name="Assign users")).to_have_count(0)


def test_an_auditor_sees_members_and_changes_nothing(
    person: Callable[..., Person], site: Site
) -> None:
    """No box, no button, no tab; and the address of the tab says who may."""
    identifier = segment_of(site, "Looked at", "hiro")
    auditor = person("auditor")
    auditor.go(f"/segments/{identifier}/members")
    expect(auditor.page.get_by_role("link", name="Hiro Tanaka", exact=True)).to_be_visible()
    expect(auditor.page.get_by_role("checkbox")).to_have_count(0)
    expect(auditor.page.get_by_role("button", name="Remove")).to_have_count(0)
    expect(auditor.page.get_by_role("link", name="Assign users")).to_have_count(0)
    auditor.go(f"/segments/{identifier}/assign")
    expect(auditor.page.get_by_role("heading", level=1)).to_have_text("Looked at")
    expect(
        auditor.page.get_by_text("This needs the role Site admin or Training manager.")
    ).to_be_visible()


def test_a_learner_sees_only_themself_among_the_members(
    person: Callable[..., Person], site: Site
) -> None:
    """In the segments that they are in; other segments are not there for them."""
    segment_of(site, "Learned in", "maya", "noah")
    other = segment_of(site, "Not theirs", "noah")
    maya = person("learner", user="maya")
    maya.go("/segments")
    maya.page.get_by_role("link", name="Learned in").click()
    maya.page.get_by_role("link", name="Members", exact=True).click()
    expect(maya.page.get_by_role("link", name="Maya Shah", exact=True)).to_be_visible()
    expect(maya.page.get_by_text("1 in all")).to_be_visible()
    expect(maya.page.get_by_text("Noah")).to_have_count(0)
    expect(maya.page.get_by_role("searchbox")).to_have_count(0)
    maya.assert_accessible()
    maya.go(f"/segments/{other}/members")
    expect(maya.page.get_by_role("heading", level=1)).to_have_text("Page not found")


def test_members_who_join_meanwhile_appear_by_themselves(
    person: Callable[..., Person], site: Site
) -> None:
    """And those who leave go, without a reload."""
    identifier = segment_of(site, "Alive", "hiro")
    admin, trainer = person("site-admin"), person("training-manager")
    for one in (admin, trainer):
        one.go(f"/segments/{identifier}/members")
        expect(one.page.get_by_role("link", name="Hiro Tanaka", exact=True)).to_be_visible()
    trainer.page.get_by_role("button", name="Remove Hiro Tanaka").click()
    dialog = trainer.page.get_by_role("dialog", name="Remove 1 member")
    dialog.get_by_role("button", name="Remove", exact=True).click()
    expect(admin.page.get_by_text("Nobody is in the segment.")).to_be_visible()


def test_a_crowd_is_scrolled_through(person: Callable[..., Person], site: Site) -> None:
    """By keyboard; what is between is fetched, and only what is in sight is drawn."""
    identifier = crowd_in(site, "crowd", 450)
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{identifier}/members")
    table = page.get_by_role("table", name="Members")
    expect(table).to_have_attribute("aria-rowcount", "451")
    expect(page.get_by_text("450 in all")).to_be_visible()
    scrolled = page.get_by_role("region", name="Members")
    scrolled.press("End")
    last = table.get_by_role("row").filter(has_text="Number 00449")
    expect(last).to_be_in_viewport()
    expect(last).to_have_attribute("aria-rowindex", "451")
    expect(page.get_by_text("Number 00000")).to_have_count(0)
    expect(table.get_by_role("row").nth(80)).to_have_count(0)
    admin.assert_accessible()
    scrolled.press("Home")
    expect(table.get_by_role("row").filter(has_text="Number 00000")).to_be_in_viewport()
    page.get_by_role("searchbox").fill("crowd44")
    expect(page.get_by_text("11 in all")).to_be_visible()
    expect(table.get_by_role("row").filter(has_text="Number 00449")).to_be_visible()
