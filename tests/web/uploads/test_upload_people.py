"""Files of members and of users, and who is offered none of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.forms import only_long, short_and_long
from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.settled import assert_fits
from tests.web.site import Site
from tests.web.uploads.page import PATHS, choose, count, looked, record

pytestmark = pytest.mark.slow

MOODLE_USERS = """username,firstname,lastname,email,password,cohort1,cohort2
nadia.uploaded,Nadia,Haddad,nadia.uploaded@example.org,hunter2,sales,eng
omar.uploaded,Omar,Nasser,omar.uploaded@example.org,hunter3,sales,
"""
"""As Moodle takes it: with passwords, and with cohorts to join."""

UPLOADED = {"nadia.uploaded", "omar.uploaded"}

TITLES = {
    "segments": "Upload user segments",
    "members": "Upload members",
    "users": "Upload users",
}
"""What each kind's page and the tab that leads there are called."""

CREATE = """mutation ($code: String!) {
  createUserSegment(input: {name: "Uploaded", code: $code}) { errors { message } }
}"""


def members_of(site: Site, code: str) -> set[str]:
    """The usernames in a segment."""
    query = """query ($code: String!) { userSegment(segment: {code: $code}) {
      members(first: 100) { nodes { username } } } }"""
    nodes = site.ask(query, code=code)["userSegment"]["members"]["nodes"]
    return {node["username"] for node in nodes}


def test_who_would_become_a_site_admin_is_told(person: Callable[..., Person]) -> None:
    """Before it is recorded, in a line of its own, and in the rows; other files say nothing."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/users/upload")
    header = "username,email,firstname,lastname,roles"
    choose(page, f"{header}\ngil,gil@example.org,Gil,Gold,auditor learner\n")
    expect(page.get_by_role("row", name="gil@example.org")).to_contain_text("Auditor, Learner")
    expect(page.get_by_role("alert")).to_have_count(0)
    choose(page, f"{header}\ngil,gil@example.org,Gil,Gold,site-admin\n")
    expect(page.get_by_role("alert")).to_contain_text("1 user becomes Site admin")
    expect(page.get_by_role("row", name="gil@example.org")).to_contain_text("Site admin")
    admin.assert_accessible()


def test_users_come_with_the_segments_that_they_join(
    person: Callable[..., Person], site: Site
) -> None:
    """Moodle's file does; passwords are ignored, and never shown. Undo takes all of it back."""
    admin = person("site-admin")
    page = admin.page
    admin.go("/users")
    page.get_by_role("link", name="Upload users").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Upload users")
    admin.assert_accessible()
    choose(page, MOODLE_USERS, "users.csv")
    expect(count(page, "New users")).to_have_text("2")
    expect(page.get_by_text("This column is not used:")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="nadia.uploaded")).to_contain_text("sales, eng")
    expect(page.get_by_text("hunter2")).to_have_count(0)
    admin.assert_accessible()
    record(page, "The new class.")
    expect(count(page, "Created")).to_have_text("2")
    expect_answer(lambda: UPLOADED & members_of(site, "sales")).to_equal(UPLOADED)
    expect_answer(lambda: UPLOADED & members_of(site, "eng")).to_equal({"nadia.uploaded"})
    page.get_by_role("button", name="Undo this upload").click()
    dialog = page.get_by_role("dialog", name="Undo this?")
    expect(dialog).to_contain_text("5 things would be put back")  # two people, three memberships
    dialog.get_by_label("Reason").fill("The class begins next year.")
    dialog.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("This upload was undone")).to_be_visible()
    expect_answer(lambda: UPLOADED & members_of(site, "sales")).to_equal(set())


@short_and_long("role", "site-admin", "training-manager")
def test_members_are_put_into_segments(
    person: Callable[..., Person], site: Site, role: str
) -> None:
    """Unknown segments and people are errors of their rows, which may be passed over."""
    someone, code = person(role), f"uploaded-{role}"
    page = someone.page
    site.ask(CREATE, code=code)
    known = sorted(members_of(site, "sales"))[:2]
    someone.go("/segments")
    page.get_by_role("link", name="Upload members").click()
    rows = [f"{code},{known[0]}", f"{code},{known[1]}", f"nowhere,{known[0]}", f"{code},nobody"]
    choose(page, "cohort1,username\n" + "\n".join([*rows, ""]))
    errors = page.get_by_role("table", name="What is wrong with rows")
    expect(errors.get_by_role("row").filter(has_text="cohort1")).to_contain_text("nowhere")
    expect(errors.get_by_role("row").filter(has_text="username")).to_contain_text("nobody")
    expect(page.get_by_label("When it exists already")).to_have_count(0)
    page.get_by_role("button", name="Pass over the 2 bad rows").click()
    looked(page)
    expect(count(page, "New memberships")).to_have_text("2")
    someone.assert_accessible()
    record(page)
    expect(count(page, "Created")).to_have_text("2")
    expect_answer(members_of, site, code).to_equal(set(known))


def test_a_template_is_downloaded(person: Callable[..., Person]) -> None:
    """It is a file that the page takes."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["members"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a template").click()
    assert download.value.suggested_filename == "members.csv"
    assert download.value.path().read_text() == "segment,username\n"


@pytest.mark.parametrize(
    ("role", "offered"),
    [("training-manager", {"segments", "members"}), ("auditor", set()), ("learner", set())],
    ids=["training-manager", "auditor", "learner"],
)
def test_who_may_not_is_offered_none_and_shown_nothing(
    person: Callable[..., Person], role: str, offered: set[str]
) -> None:
    """No tab leads there, and the address says who may."""
    someone = person(role)
    for kind, title in TITLES.items():
        someone.go("/users" if kind == "users" else "/segments")
        link = someone.page.get_by_role("link", name=title)
        expect(link).to_have_count(int(kind in offered))
        someone.go(PATHS[kind])
        shown = title if kind in offered else "You do not have access"
        expect(someone.page.get_by_role("heading", level=1)).to_have_text(shown)


@only_long
def test_in_arabic_on_a_narrow_screen(person: Callable[..., Person]) -> None:
    """From right to left, 320 pixels wide: nothing is cut off, axe has nothing to say."""
    admin = person("site-admin", locale="ar", viewport={"width": 320, "height": 900})
    page = admin.page
    admin.go(PATHS["segments"])
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="اختيار ملف").click()
    raw = "name,code,visible\nوردية الليل,night-ar,نعم\nوردية الصباح,morning-ar,yes\n".encode()
    chooser.value.set_files({"name": "ورديات.csv", "mimeType": "text/csv", "buffer": raw})
    expect(page.get_by_role("table", name="أخطاء الصفوف")).to_contain_text("نعم")
    admin.assert_accessible()
    page.get_by_role("button", name="تجاوز الصف الخاطئ").click()
    expect(page.get_by_role("cell", name="وردية الصباح")).to_be_visible()
    page.get_by_role("button", name="تسجيل", exact=True).click()
    expect(page.get_by_text("تم التسجيل")).to_be_visible()
    admin.assert_accessible()
    assert_fits(page)
