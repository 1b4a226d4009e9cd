"""What stands on a page stays where it is while the rest of the page comes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.web.person import Person
from tests.web.segments.segments_fixture import create
from tests.web.site import Site


def test_nothing_moves_under_a_hand_that_is_about_to_press(
    person: Callable[..., Person], site: Site
) -> None:
    """A menu that is loaded later than the button beside it has had its place from the first."""
    segment = create(site, "Steady", "steady")
    admin = person("site-admin")
    edit = admin.page.get_by_role("button", name="Edit")
    before = []

    def look_first(menu: Route) -> None:
        before.append(edit.bounding_box())
        menu.continue_()

    admin.page.route("**/SegmentMenuContent-*.js", look_first)
    admin.go(f"/segments/{segment}")
    expect(admin.page.get_by_role("button", name="Actions for")).to_be_visible()
    assert before == [edit.bounding_box()]
