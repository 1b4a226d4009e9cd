"""The history of a segment: who did what, when and why, and that it was so."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.forms import only_long
from tests.web.audit.conftest import Told
from tests.web.person import Person
from tests.web.settled import assert_fits

pytestmark = pytest.mark.slow


def events(one: Person) -> Locator:
    """The entries, newest first."""
    return one.page.get_by_role("list", name="History").get_by_role("listitem")


def opened(one: Person, sentence: str) -> Locator:
    """What was recorded behind a sentence."""
    one.page.get_by_role("button", name=sentence).first.click()
    return one.page.get_by_role("region", name=sentence).first


def test_an_admin_reads_what_happened_and_sees_what_happens(
    person: Callable[..., Person], sales: Told
) -> None:
    """Sentences, newest first; what somebody else does appears on top without a reload."""
    admin = person("site-admin")
    admin.go(f"/segments/{sales.id}")
    admin.page.get_by_role("link", name="History").click()
    expect(events(admin)).to_have_count(3)
    expect(events(admin).first).to_contain_text("renamed the segment from “Sales” to “Sales Team”.")
    chart = admin.page.get_by_role("img", name="Members over time")
    expect(chart).to_be_visible()
    admin.assert_accessible()
    sales.edit(description="All who sell.", reason="Agreed with the works council.")
    expect(events(admin)).to_have_count(4)
    expect(events(admin).first).to_contain_text("Site Admin changed its description.")
    expect(events(admin).first).to_contain_text("through the API")
    expect(events(admin).first).to_contain_text("“Agreed with the works council.”")


def test_each_opens_to_the_recorded_event_and_its_proof_by_keyboard(
    person: Callable[..., Person], sales: Told
) -> None:
    """Type, position, command and content; the root is worked out in the page."""
    admin = person("site-admin")
    admin.go(f"/segments/{sales.id}/history")
    sentence = admin.page.get_by_role("button", name="renamed the segment")
    sentence.press("Enter")
    expect(sentence).to_have_attribute("aria-expanded", "true")
    event = admin.page.get_by_role("region", name="renamed the segment")
    expect(event).to_contain_text("segment.edited")
    expect(event.get_by_role("figure", name="What was recorded")).to_contain_text(
        '"after": "Sales Team"'
    )
    event.get_by_role("button", name="Prove that it is in the log").press("Enter")
    expect(event.get_by_role("status")).to_contain_text("The proof holds")
    note = event.get_by_role("figure", name="The signed checkpoint")
    expect(note).to_contain_text("user-segments.local/log")
    admin.assert_accessible()


def test_a_proof_that_does_not_hold_is_told_loudly(
    person: Callable[..., Person], sales: Told
) -> None:
    """A service that lies about the tree is found out by the page."""
    admin = person("site-admin")
    admin.page.route("**/graphql", lying)
    admin.go(f"/segments/{sales.id}/history")
    event = opened(admin, "renamed the segment")
    event.get_by_role("button", name="Prove that it is in the log").click()
    expect(event.get_by_role("alert")).to_contain_text("THE PROOF DOES NOT HOLD")
    expect(event.get_by_role("alert")).to_contain_text("is not the signed one")
    admin.assert_accessible()
    admin.page.unroute_all(behavior="wait")


def lying(route: Route) -> None:
    """Answers with another audit path."""
    if "ProofOfInclusion" not in (route.request.post_data or ""):
        route.continue_()
        return
    answer = route.fetch().json()
    path = answer["data"]["inclusionProof"]["hashes"]
    path[0] = ("B" if path[0][0] == "A" else "A") + path[0][1:]
    route.fulfill(content_type="application/json", body=json.dumps(answer))


def test_a_command_is_taken_back_from_its_event(person: Callable[..., Person], sales: Told) -> None:
    """The dialog says what that comes to; then the undoing is an event on top of the others."""
    sales.edit(visible=False, reason="Not for course teachers.")
    admin = person("site-admin")
    admin.go(f"/segments/{sales.id}/history")
    event = opened(admin, "Site Admin hid it.")
    event.get_by_role("button", name="Undo this command").click()
    dialog = admin.page.get_by_role("dialog", name="Undo this?")
    dialog.get_by_label("Reason").fill("It is for them after all.")
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog).to_be_hidden()
    expect(events(admin).first).to_contain_text("made it visible")
    expect(events(admin).first).to_contain_text("“It is for them after all.”")


def test_an_auditor_proves_and_undoes_nothing(person: Callable[..., Person], sales: Told) -> None:
    """What they may is offered; what they may not is absent."""
    auditor = person("auditor")
    auditor.go(f"/segments/{sales.id}/history")
    event = opened(auditor, "renamed the segment")
    event.get_by_role("button", name="Prove that it is in the log").click()
    expect(event.get_by_role("status")).to_contain_text("The proof holds")
    expect(event.get_by_role("button", name="Undo this command")).to_have_count(0)


def test_a_training_manager_reads_it_and_takes_back_their_own(
    person: Callable[..., Person], sales: Told
) -> None:
    """The history, but not the log: no proofs, and undo of nothing but what they did."""
    sales.edit("training-manager", description="By the training manager.")
    trainer = person("training-manager")
    trainer.go(f"/segments/{sales.id}/history")
    others = opened(trainer, "renamed the segment")
    expect(others.get_by_role("figure", name="What was recorded")).to_be_visible()
    expect(others.get_by_role("button", name="Prove that it is in the log")).to_have_count(0)
    expect(others.get_by_role("button", name="Undo this command")).to_have_count(0)
    own = opened(trainer, "Training Manager changed its description.")
    expect(own.get_by_role("button", name="Undo this command")).to_be_visible()
    trainer.assert_accessible()


@only_long
def test_it_is_read_in_arabic_from_right_to_left(
    person: Callable[..., Person], sales: Told
) -> None:
    """On a narrow screen, too."""
    admin = person("site-admin", locale="ar", viewport={"width": 360, "height": 800})
    admin.go(f"/segments/{sales.id}/history")
    expect(admin.page.locator("html")).to_have_attribute("dir", "rtl")
    admin.page.get_by_role("button", name="renamed the segment").click()
    admin.page.get_by_role("button", name="إثبات وجودها في السجل").click()
    expect(admin.page.get_by_role("status").filter(has_text="الإثبات صحيح")).to_be_visible()
    assert_fits(admin.page)
    admin.assert_accessible()
