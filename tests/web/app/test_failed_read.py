"""A read that fails makes no page say that something is not there."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.audit.conftest import Told, told
from tests.web.person import Person
from tests.web.site import Site

pytestmark = pytest.mark.slow

UNAVAILABLE = "The service cannot answer just now."
LIMIT = "That is more than the service answers at once."
GONE = "This segment is not on the site any more"

Failing = Callable[[], None]


@pytest.fixture
def sales(site: Site) -> Told:
    return told(site, "sales")


def asks(route: Route, document: str) -> bool:
    """Whether a request is that for this document."""
    return f'"operationName":"{document}"' in (route.request.post_data or "")


def fail(page: Page, document: str, path: Sequence[str], code: str = "UNAVAILABLE") -> Failing:
    """From now on this document is answered as the service answers when the field at that path
    fails, which must not be null: what is around it is null. What is returned ends it.
    """

    def answer(route: Route) -> None:
        if not asks(route, document):
            route.fallback()
            return
        error = {"message": "Not now.", "path": path, "extensions": {"code": code}}
        told = {"data": {path[0]: None}, "errors": [error]}
        route.fulfill(content_type="application/json", body=json.dumps(told))

    page.route("**/graphql", answer)
    return lambda: page.unroute("**/graphql", answer)


@pytest.mark.parametrize(
    ("tab", "document", "field", "code", "why"),
    [
        ("History", "SegmentHistory", "history", "UNAVAILABLE", UNAVAILABLE),
        ("Members", "Members", "members", "LIMIT", LIMIT),
    ],
)
def test_a_segment_is_there_when_a_part_of_it_cannot_be_read(
    person: Callable[..., Person],
    sales: Told,
    tab: str,
    document: str,
    field: str,
    code: str,
    why: str,
) -> None:
    """The tab says why it shows nothing, the others stay, and trying again shows it."""
    admin = person("site-admin")
    page = admin.page
    works_again = fail(page, document, ["userSegment", field], code)
    admin.go(f"/segments/{sales.id}")
    page.get_by_role("link", name=tab, exact=True).click()
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(why)
    expect(page.get_by_text(GONE)).to_have_count(0)
    expect(page.get_by_role("button", name="Edit")).to_be_visible()
    page.get_by_role("link", name="Details").click()
    expect(page.get_by_role("definition").first).to_have_text("sales")
    expect(page.get_by_role("main").get_by_role("alert")).to_have_count(0)
    page.get_by_role("link", name=tab, exact=True).click()
    works_again()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("in all")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("alert")).to_have_count(0)


def test_what_is_shown_stays_when_it_cannot_be_read_anew(
    person: Callable[..., Person], sales: Told
) -> None:
    """Beside why it may be old; it is new once it can be read."""
    admin = person("site-admin")
    page = admin.page
    admin.go(f"/segments/{sales.id}")
    works_again = fail(page, "Segment", ["userSegment", "createdBy"])
    sales.edit(description="Told while nothing could be read.")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(UNAVAILABLE)
    expect(page.get_by_text(GONE)).to_have_count(0)
    expect(page.get_by_role("definition").first).to_have_text("sales")
    works_again()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Told while nothing could be read.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "document", "failed"),
    [
        ("/segments/{segment}", "Segment", ["userSegment"]),
        ("/users/{user}", "User", ["user"]),
        ("/users/{user}/segments", "SegmentsOf", ["user", "segments"]),
    ],
    ids=["a-segment", "a-user", "the-segments-of-a-user"],
)
def test_what_cannot_be_read_at_first_is_not_taken_for_gone(
    person: Callable[..., Person],
    sales: Told,
    path: str,
    document: str,
    failed: Sequence[str],
) -> None:
    """It is no page that is not there, either."""
    user = sales.site.ask("{ users(first: 1) { nodes { id displayName } } }")["users"]["nodes"][0]
    admin = person("site-admin")
    page = admin.page
    works_again = fail(page, document, failed)
    page.goto(sales.site.url + path.format(segment=sales.id, user=user["id"]))
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(UNAVAILABLE)
    expect(page.get_by_role("heading", name="Page not found")).to_have_count(0)
    works_again()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("heading", name="Page not found")).to_have_count(0)


def test_what_was_is_not_said_to_have_been_nothing(
    person: Callable[..., Person], sales: Told
) -> None:
    """As of a moment nothing but the failure is told, once."""
    admin = person("site-admin")
    page = admin.page
    works_again = fail(page, "SegmentAsOf", ["userSegment"])
    admin.go(f"/segments/{sales.id}/as-of")
    expect(page.get_by_role("main").get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(UNAVAILABLE)
    expect(page.get_by_text("The segment was not on the site then.")).to_have_count(0)
    works_again()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("region", name="The segment then")).to_be_visible()


def test_what_cannot_be_searched_is_not_nothing_that_matches(person: Callable[..., Person]) -> None:
    """A field that offers what is found says why it offers nothing."""
    admin = person("site-admin")
    page = admin.page
    fail(page, "SegmentsToPick", ["siteUserSegments", "nodes"])
    admin.go("/log")
    page.get_by_role("combobox", name="Segment").fill("sales")
    expect(page.get_by_text(UNAVAILABLE)).to_be_visible()
    expect(page.get_by_text("Nothing matches")).to_have_count(0)


def test_a_proof_that_cannot_be_read_is_not_one_that_does_not_hold(
    person: Callable[..., Person], sales: Told
) -> None:
    """The bytes could not be had; nothing is said of them."""
    admin = person("site-admin")
    page = admin.page

    def without_bytes(route: Route) -> None:
        if not asks(route, "ProofOfInclusion"):
            route.fallback()
            return
        told = route.fetch().json()
        told["data"]["node"] = None
        error = {"message": "Not now.", "path": ["node", "leaf"]}
        told["errors"] = [error | {"extensions": {"code": "UNAVAILABLE"}}]
        route.fulfill(json=told)

    page.route("**/graphql", without_bytes)
    admin.go(f"/segments/{sales.id}/history")
    page.get_by_role("button", name="created the segment").click()
    page.get_by_role("button", name="Prove that it is in the log").click()
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(UNAVAILABLE)
    page.unroute("**/graphql", without_bytes)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The proof holds")).to_be_visible()
