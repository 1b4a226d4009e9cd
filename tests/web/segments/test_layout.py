"""What stands on a page stays where it is while the rest of the page comes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.web.person import Person
from tests.web.segments.prepared import create
from tests.web.site import Site


def test_nothing_moves_under_a_hand_that_is_about_to_press(
    person: Callable[..., Person], site: Site
) -> None:
    """A menu that is loaded later than the button beside it has had its place from the first."""
    segment = create(site, "Steady", "steady")
    admin, held = person("site-admin"), list[Route]()
    page = admin.page

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/SegmentMenuContent-*.js", hold)
    admin.go(f"/segments/{segment}")
    edit = page.get_by_role("button", name="Edit")
    before = edit.bounding_box()
    [menu] = held
    menu.continue_()
    expect(page.get_by_role("button", name="Actions for")).to_be_visible()
    assert edit.bounding_box() == before
