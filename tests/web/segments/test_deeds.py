"""Archive, restore, hide and delete: one from its menu, or many at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.segments.segments_fixture import archive, create, found
from tests.web.segments.test_in_place import row
from tests.web.site import Site

ADD = "mutation ($input: SegmentMembersInput!) { addUsersToSegment(input: $input) {changed} }"


def choose_from_menu(one: Person, name: str, item: str) -> None:
    """By mouse."""
    one.page.get_by_role("button", name=f"Actions for “{name}”").click()
    one.page.get_by_role("menuitem", name=item).click()


def test_a_segment_is_archived_and_restored(person: Callable[..., Person], site: Site) -> None:
    """By keyboard; what stays is said first, and the archive is a filter away."""
    create(site, "Put Away", "away")
    trainer = person("training-manager")
    page = trainer.page
    trainer.go("/segments?search=put away")
    page.get_by_role("button", name="Actions for “Put Away”").press("Enter")
    expect(page.get_by_role("menuitem", name="Hide from teachers")).to_be_focused()
    expect(page.get_by_role("menuitem", name="Delete")).to_have_count(0)
    trainer.assert_accessible()
    trainer.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Archive")).to_be_focused()
    trainer.press("Enter")
    dialog = page.get_by_role("dialog", name="Archive")
    expect(dialog).to_contain_text("It has no members.")
    expect(dialog.get_by_label("Reason")).to_be_visible()
    trainer.assert_accessible()
    dialog.get_by_role("button", name="Archive").press("Enter")
    expect(page.get_by_text("“Put Away” was archived.")).to_be_visible()
    expect(row(trainer, "Put Away")).to_have_count(0)
    page.get_by_label("Status").select_option("Archived")
    choose_from_menu(trainer, "Put Away", "Restore")
    expect(page.get_by_text("“Put Away” was restored.")).to_be_visible()
    expect_answer(found, site, "away").to_have(status="ACTIVE", version=3)


def test_deleting_says_what_goes_with_it(person: Callable[..., Person], site: Site) -> None:
    """Members leave, the ID is free, the history stays; a reason is needed; Undo brings it back."""
    segment = create(site, "Short Lived", "short-lived")
    everybody = site.ask("{ users(first: 2) { nodes { username } } }")["users"]["nodes"]
    users = {"usernames": [user["username"] for user in everybody]}
    site.ask(ADD, input={"segment": {"id": segment}, "users": users})
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{segment}")
    choose_from_menu(admin, "Short Lived", "Delete")
    dialog = page.get_by_role("dialog", name="Delete")
    expect(dialog).to_contain_text("Its 2 members leave it.")
    expect(dialog).to_contain_text("its history stays")
    expect(dialog).to_contain_text("“short-lived” will be free")
    admin.assert_accessible()
    dialog.get_by_role("button", name="Delete").click()
    expect(dialog.get_by_label("Reason")).to_have_accessible_description(re.compile("Say why"))
    dialog.get_by_label("Reason").fill("The project ended.")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage User Segments")
    expect_answer(found, site, "short-lived").to_equal({})
    page.get_by_role("button", name="Undo").click()
    undo = page.get_by_role("dialog", name="Undo this?")
    undo.get_by_label("Reason").fill("It goes on.")
    undo.get_by_role("button", name="Undo").click()
    back = row(admin, "Short Lived")
    expect(back.get_by_role("cell", name="2", exact=True)).to_be_visible()


def test_many_are_archived_at_once(person: Callable[..., Person], site: Site) -> None:
    """Chosen by their boxes, across a search; what was refused is listed, and stays chosen."""
    for name in ("Many A", "Many B", "Many C"):
        create(site, name, name[-1] * 3)
    admin = person("site-admin")
    page = admin.page
    admin.go("/segments?search=many")
    page.get_by_role("checkbox", name="Choose all on this page").check()
    bar = page.get_by_role("region", name="What is chosen")
    expect(bar).to_contain_text("3 segments chosen")
    admin.assert_accessible()
    archive(site, "BBB")
    bar.get_by_role("button", name="Hide from teachers").click()
    dialog = page.get_by_role("dialog", name="Hide from teachers")
    admin.assert_accessible()
    dialog.get_by_role("button", name="Hide from teachers").click()
    report = dialog.get_by_role("alert")
    expect(report).to_contain_text("Not done to 1 segment")
    expect(report).to_contain_text("Many B: The segment is archived; restore it first.")
    expect(dialog).to_contain_text("Done to 2 segments")
    admin.assert_accessible()
    dialog.get_by_role("button", name="Close").last.click()
    expect(bar).to_contain_text("1 segment chosen")
    for code, visible in (("AAA", False), ("BBB", True), ("CCC", False)):
        expect_answer(found, site, code).to_have(visible=visible)


def test_members_are_downloaded(person: Callable[..., Person], tmp_path: Path) -> None:
    """By an auditor, too, who is offered nothing else."""
    auditor = person("auditor")
    page = auditor.page
    auditor.go("/segments?search=sales team")
    page.get_by_role("button", name="Actions for “Sales Team”").click()
    expect(page.get_by_role("menuitem")).to_have_text(["Download members"])
    with page.expect_download() as coming:
        page.get_by_role("menuitem", name="Download members").click()
    assert coming.value.suggested_filename == "sales.csv"
    coming.value.save_as(tmp_path / "sales.csv")
    header, first, *_ = (tmp_path / "sales.csv").read_text().splitlines()
    assert header.startswith("segment,username,firstname,lastname")
    assert first.startswith('"sales",')
