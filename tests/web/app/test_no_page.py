"""What somebody finds at an address where nothing is, or nothing for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.web.person import Person
from tests.web.settled import settled
from tests.web.site import Site

NOWHERE = [
    "/nowhere",
    "/segments/none",
    "/segments/segment_00000000000070008000000000000000",
    "/segments/none/history",
    pytest.param(
        "/segments/segment_00000000000070008000000000000000/as-of?position=99999999",
        id="a-segment-that-never-was-at-no-moment",
    ),
    "/segments/{segment}/nowhere",
    "/segments/{segment}/members/nowhere",
    "/segments/{segment}/why",
    "/users/none",
    "/users/user_00000000000070008000000000000000",
    "/users/{user}/nowhere",
    "/users/{user}/segments/nowhere",
]

NO_PAGE = ("The list has no page like the one in the address.", "To the first page")
NO_MOMENT = ("The log has not come to this moment yet.", "As it is now")
NO_FILTER = ("A filter in the address names what there cannot be.", "Without the filters")
NO_SEARCH = ("What is searched for is too long, or no text.", "Without the search")
NOBODY = ("There is no such user.", "The whole history of the segment")

WRONG = {
    "a-page-of-the-list": ("/segments?after=nonsense&status=ALL", NO_PAGE, "/segments?status=ALL"),
    "a-search": ("/segments?search=%00", NO_SEARCH, "/segments"),
    "a-page-of-users": ("/users?after=nonsense", NO_PAGE, "/users"),
    "a-page-of-a-user": (
        "/users/{user}/segments?before=nonsense",
        NO_PAGE,
        "/users/{user}/segments",
    ),
    "a-page-of-a-history": (
        "/segments/{segment}/history?before=nonsense",
        NO_PAGE,
        "/segments/{segment}/history",
    ),
    "a-moment-of-a-segment": (
        "/segments/{segment}/as-of?position=99999999",
        NO_MOMENT,
        "/segments/{segment}/as-of",
    ),
    "what-is-no-user": (
        "/segments/{segment}/why/none",
        NOBODY,
        "/segments/{segment}/history",
    ),
    "a-user-who-never-was": (
        "/segments/{segment}/why/user_00000000000070008000000000000000",
        NOBODY,
        "/segments/{segment}/history",
    ),
    "a-filter": ("/log?segment=none", NO_FILTER, "/log"),
    "a-moment-of-the-site": (
        "/log/site-as-of?position=99999999",
        NO_MOMENT,
        "/log/site-as-of",
    ),
}
"""What each says of itself, the way out, and where that leads."""

KNOWN = """{
  userSegment(segment: { code: "sales" }) { id }
  users(first: 1) { nodes { id } }
}"""


class Ids(NamedTuple):
    """Of what stands in addresses."""

    segment: str
    user: str

    def in_(self, path: str) -> str:
        return path.format(**self._asdict())


@pytest.fixture
def ids(site: Site) -> Ids:
    found = site.ask(KNOWN)
    return Ids(found["userSegment"]["id"], found["users"]["nodes"][0]["id"])


@pytest.mark.parametrize("path", NOWHERE)
def test_there_is_one_page_for_where_nothing_is(
    person: Callable[..., Person], ids: Ids, path: str
) -> None:
    """With a heading, a title, and a way back; also for what is no id at all."""
    admin = person("site-admin")
    page = admin.page
    admin.go(ids.in_(path))
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    expect(page).to_have_title("Page not found · User Segments")
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Back to Site admin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Site admin")


@pytest.mark.slow
@pytest.mark.parametrize(("path", "told", "there"), WRONG.values(), ids=list(WRONG))
def test_an_address_that_asks_what_cannot_be_says_what_and_leads_out(
    person: Callable[..., Person], ids: Ids, path: str, told: tuple[str, str], there: str
) -> None:
    """Once, and without offering to try again, which would change nothing."""
    why, way_out = told
    admin = person("site-admin")
    main = admin.page.get_by_role("main")
    admin.go(ids.in_(path))
    expect(main.get_by_role("alert")).to_have_count(1)
    expect(main.get_by_role("alert")).to_contain_text(why)
    expect(main.get_by_role("button", name="Try again")).to_have_count(0)
    main.get_by_role("alert").get_by_role("link", name=way_out).click()
    expect(admin.page).to_have_url(admin.site.url + ids.in_(there))
    expect(main.get_by_role("alert")).to_have_count(0)
    settled(admin.page)
    expect(main.get_by_role("alert")).to_have_count(0)


@pytest.mark.slow
def test_the_way_out_of_a_wrong_address_can_be_seen_and_heard(
    person: Callable[..., Person],
) -> None:
    """Whoever took it hears where they are."""
    admin = person("site-admin")
    admin.go("/segments?after=nonsense")
    expect(admin.page.get_by_role("main").get_by_role("alert")).to_be_visible()
    admin.assert_accessible()
    admin.page.get_by_role("link", name="To the first page").press("Enter")
    expect(admin.page.get_by_role("heading", level=1)).to_be_focused()
    expect(admin.page.get_by_role("link", name="Sales Team")).to_be_visible()


def test_who_may_not_is_told_which_role_it_takes(person: Callable[..., Person]) -> None:
    """Instead of that nothing is there; in one's own language."""
    learner = person("learner")
    page = learner.page
    learner.go("/log")
    expect(page.get_by_role("heading", level=1)).to_have_text("You do not have access")
    expect(page).to_have_title("You do not have access · User Segments")
    expect(page.get_by_role("main")).to_contain_text("the role Site admin or Auditor.")
    learner.assert_accessible()
    page.get_by_role("main").get_by_role("link", name="Back to Site admin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Site admin")
