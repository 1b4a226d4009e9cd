"""The service is stopped while somebody edits, and comes back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.segments.segments_fixture import create, found
from tests.web.segments.test_together import edit
from tests.web.site import Site

OFFLINE = "The service cannot be reached"


def test_an_edit_outlives_a_stop(person: Callable[..., Person], site: Site) -> None:
    """The page says so by itself, keeps what was typed, and goes on when the service is back."""
    segment = create(site, "Steady", "steady")
    admin = person("site-admin")
    page = admin.page
    edit(admin, segment)
    page.get_by_label("Description").fill("Typed before the stop.")
    admin.expect_messages("Failed to load resource", "WebSocket connection")
    site.stop()
    expect(page.get_by_text(OFFLINE, exact=True)).to_be_visible()
    admin.assert_accessible()
    page.get_by_label("Name").fill("Steady as Ever")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text(f"{OFFLINE}.", exact=True)).to_be_visible()
    site.start()
    expect(page.get_by_text(OFFLINE, exact=True)).to_have_count(0)
    expect(page.get_by_label("Name")).to_have_value("Steady as Ever")
    expect(page.get_by_label("Description")).to_have_value("Typed before the stop.")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("The changes were saved.")).to_be_visible()
    expect_answer(found, site, "steady").to_have(
        name="Steady as Ever", description="Typed before the stop.", version=2
    )
