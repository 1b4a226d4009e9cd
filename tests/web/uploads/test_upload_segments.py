"""A file of segments: chosen, looked at, mended, recorded, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Request, Route, expect

from tests.forms import short_and_long
from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.settled import tab_to
from tests.web.site import Site
from tests.web.uploads.page import PATHS, choose, count, looked, record

MOODLE = """name,idnumber,description,visible
Floor {0} East,floor-{0}-east,Upstairs,1
Floor {0} West,floor-{0}-west,,no
"""
"""As Moodle writes and reads it."""

RENAME = """mutation ($code: String!, $name: String!) {
  updateUserSegment(input: {segment: {code: $code}, name: $name}) { errors { message } }
}"""


def name_of(site: Site, code: str) -> str | None:
    """What the segment with the code is called."""
    query = "query ($code: String!) { userSegment(segment: {code: $code}) { name } }"
    found = site.ask(query, code=code)["userSegment"]
    return None if found is None else str(found["name"])


@short_and_long("role", "site-admin", "training-manager")
def test_a_file_is_looked_at_recorded_and_taken_back(
    person: Callable[..., Person], site: Site, role: str
) -> None:
    """Nothing is recorded before Record, and nothing is left of it after Undo."""
    someone, floor = person(role), f"of-{role}"
    page = someone.page
    someone.go("/segments")
    page.get_by_role("link", name="Upload user segments").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Upload user segments")
    someone.assert_accessible()
    choose(page, MOODLE.format(floor))
    expect(page.get_by_text("2 rows were read: 2 good, 0 bad.")).to_have_role("status")
    expect(count(page, "New segments")).to_have_text("2")
    preview = page.get_by_role("table", name="The first good rows, as they were understood")
    expect(preview.get_by_role("row").nth(2)).to_contain_text(f"floor-{floor}-west")
    expect(preview.get_by_role("row").nth(2)).to_contain_text("No")
    someone.assert_accessible()
    assert name_of(site, f"floor-{floor}-east") is None
    record(page, "The new building.")
    expect(page.get_by_role("status").filter(has_text="Recorded")).to_be_focused()
    expect(count(page, "Created")).to_have_text("2")
    someone.assert_accessible()
    expect_answer(name_of, site, f"floor-{floor}-east").to_equal(f"Floor {floor} East")
    page.get_by_role("button", name="Undo this upload").click()
    dialog = page.get_by_role("dialog", name="Undo this?")
    expect(dialog).to_contain_text("2 things would be put back as they were before.")
    dialog.get_by_label("Reason").fill("The wrong building.")
    dialog.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("This upload was undone")).to_be_visible()
    someone.assert_accessible()
    expect_answer(name_of, site, f"floor-{floor}-east").to_equal(None)


def test_every_error_is_told_by_row_and_column(person: Callable[..., Person], site: Site) -> None:
    """With what stands there; the good rows are recorded when one says so, the bad downloaded."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["segments"])
    choose(page, "name,Code,visible,colour\nGood Row,good-row,yes,red\n,sales,maybe,blue\n")
    errors = page.get_by_role("table", name="What is wrong with rows").get_by_role("row")
    expect(errors).to_have_count(4)
    expect(errors.filter(has_text="visible")).to_contain_text("maybe")
    expect(errors.filter(has_text="Code")).to_contain_text("sales")
    expect(errors.nth(1).get_by_role("cell").first).to_have_text("3")
    expect(page.get_by_text("This column is not used:")).to_be_visible()
    expect(page.get_by_text("colour", exact=True)).to_be_visible()
    expect(page.get_by_text("Nothing would be recorded as long as rows are bad")).to_be_visible()
    admin.assert_accessible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the bad row").click()
    assert "Must be" in download.value.path().read_text()
    assert download.value.suggested_filename == "rejected.csv"
    page.get_by_role("button", name="Pass over the bad row").click()
    looked(page)
    expect(page.get_by_label("When rows are bad")).to_have_value("SKIP_ROWS")
    expect(count(page, "New segments")).to_have_text("1")
    record(page)
    expect(count(page, "Created")).to_have_text("1")
    expect(count(page, "Bad rows")).to_have_text("1")
    expect_answer(name_of, site, "good-row").to_equal("Good Row")


def test_options_are_looked_at_anew(person: Callable[..., Person]) -> None:
    """What exists, what stands between the cells, and the encoding: each change shows at once."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["segments"])
    choose(page, "name;code\nÉquipe Genève;geneve\n".encode("windows-1252"))
    expect(page.get_by_role("alert")).to_contain_text("Line 2 is not text in utf-8.")
    page.get_by_label("Encoding").select_option("windows-1252")
    looked(page)
    expect(page.get_by_role("table", name="What is wrong with rows")).to_contain_text("geneve")
    page.get_by_label("When it exists already").select_option("Pass over the row")
    looked(page)
    expect(count(page, "Unchanged")).to_have_text("1")
    expect(page.get_by_text("There is nothing to record.")).to_be_visible()
    page.get_by_label("Between the cells").select_option("Comma")
    looked(page)
    expect(page.get_by_role("alert")).to_contain_text("it lacks")
    page.get_by_label("Between the cells").select_option("Semicolon")
    looked(page)
    expect(page.get_by_role("cell", name="Équipe Genève")).to_be_visible()


def test_what_changed_since_the_look_is_looked_at_again(
    person: Callable[..., Person], site: Site
) -> None:
    """A plan that does not hold any more is not recorded; the reason stays as typed."""
    admin = person("site-admin")
    page = admin.page
    create = """mutation { createUserSegment(input: {name: "Before", code: "stale"}) {
      errors { message } } }"""
    site.ask(create)
    admin.go(PATHS["segments"])
    choose(page, "name,code\nAfter,stale\n")
    page.get_by_label("When it exists already").select_option("UPDATE")
    looked(page)
    expect(count(page, "To be updated")).to_have_text("1")
    site.ask(RENAME, "training-manager", code="stale", name="Meanwhile")
    record(page, "Names of the year.")
    expect(page.get_by_role("alert")).to_contain_text("Something has changed since you looked")
    admin.assert_accessible()
    assert name_of(site, "stale") == "Meanwhile"
    page.get_by_role("button", name="Look again").click()
    looked(page)
    expect(page.get_by_label("Reason")).to_have_value("Names of the year.")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Recorded", exact=True)).to_be_visible()
    expect_answer(name_of, site, "stale").to_equal("After")


def test_what_happened_since_is_not_taken_back(person: Callable[..., Person], site: Site) -> None:
    """Of two segments one was renamed since: the other goes, this one stays, and both are told."""
    manager = person("training-manager")
    page = manager.page
    manager.go(PATHS["segments"])
    choose(page, "name,code\nTo Go,to-go\nTo Stay,to-stay\n")
    record(page)
    expect(page.get_by_role("button", name="Undo this upload")).to_be_visible()
    site.ask(RENAME, code="to-stay", name="Kept")
    page.get_by_role("button", name="Undo this upload").click()
    dialog = page.get_by_role("dialog", name="Undo this?")
    expect(dialog).to_contain_text("1 thing would be put back as it was before.")
    expect(dialog.get_by_role("region", name="What stays as it is")).to_contain_text("“Kept”")
    dialog.get_by_label("Reason").fill("Only one of them was wrong.")
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog).to_have_count(0)
    expect_answer(name_of, site, "to-go").to_equal(None)
    assert name_of(site, "to-stay") == "Kept"


def test_by_keyboard_alone(person: Callable[..., Person], site: Site) -> None:
    """Enter opens the choice of files, Tab leads to the reason, Enter records."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["segments"])
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").press("Enter")
    raw = b"name,code\nBy Keys,upload-by-keys\n"
    chooser.value.set_files({"name": "keys.csv", "mimeType": "text/csv", "buffer": raw})
    looked(page)
    expect(page.get_by_role("button", name="Choose another file")).to_be_focused()
    tab_to(page.get_by_label("Reason"))
    page.keyboard.type("By keys.")
    admin.press("Enter")
    expect(page.get_by_text("Recorded", exact=True)).to_be_visible()
    expect_answer(name_of, site, "upload-by-keys").to_equal("By Keys")


def test_a_file_is_dropped_on_the_page(person: Callable[..., Person]) -> None:
    """Anywhere: beside the frame the browser would leave the page for it."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["segments"])
    dropped = page.evaluate_handle(
        """() => { const all = new DataTransfer();
        all.items.add(new File(["name\\nDropped\\n"], "dropped.csv", {type: "text/csv"}));
        return all; }"""
    )
    page.get_by_role("heading", level=1).dispatch_event("dragover", {"dataTransfer": dropped})
    page.get_by_role("heading", level=1).dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_text("dropped.csv")).to_be_visible()
    expect(page.get_by_role("cell", name="Dropped")).to_be_visible()


def has_file(request: Request) -> bool:
    """Whether it carries one."""
    return "multipart" in request.headers.get("content-type", "")


def test_what_is_under_way_is_told(person: Callable[..., Person]) -> None:
    """While the file is on its way the page says so, and how far it is."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["segments"])
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route) if has_file(route.request) else route.continue_()

    page.route("**/graphql", hold)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    raw = b"name\nSlow\n"
    with page.expect_request(has_file):
        chooser.value.set_files({"name": "slow.csv", "mimeType": "text/csv", "buffer": raw})
    expect(page.get_by_text("The file is being sent")).to_be_visible()
    progress = page.get_by_role("progressbar", name="The file is being sent")
    expect(progress).to_have_attribute("aria-valuetext", "0%")
    admin.assert_accessible()
    (route,) = held
    assert route.request.resource_type == "xhr"  # fetch tells no progress
    route.continue_()
    looked(page)
    expect(page.get_by_role("cell", name="Slow")).to_be_visible()
    expect(progress).to_have_count(0)


def test_a_file_that_is_too_large_is_not_sent(person: Callable[..., Person]) -> None:
    """The page says how large it may be."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["segments"])
    page.evaluate(
        """() => { const all = new DataTransfer();
        all.items.add(new File([new Uint8Array(64 * 2 ** 20 + 1)], "large.csv"));
        window.dispatchEvent(new DragEvent("drop", {dataTransfer: all, cancelable: true})); }"""
    )
    expect(page.get_by_role("alert")).to_contain_text("At most 64 MiB are taken at once.")


def test_a_file_that_was_saved_anew_is_chosen_again(
    person: Callable[..., Person], tmp_path: Path
) -> None:
    """What is recorded is what was seen, not what the file holds by now."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["segments"])
    file = tmp_path / "mended.csv"
    file.write_text("name\nFirst\n")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(file)
    looked(page)
    expect(page.get_by_role("cell", name="First")).to_be_visible()
    file.write_text("name\nFirst\nSecond\n")
    record(page)
    expect(page.get_by_role("alert")).to_contain_text("The file was changed since you chose it")
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_disabled()


def test_with_the_service_gone_file_options_and_reason_stay(
    person: Callable[..., Person], site: Site
) -> None:
    """It is looked at again as soon as the service is back; a commit is recorded once."""
    admin = person("site-admin")
    page = admin.page
    admin.go(PATHS["segments"])
    choose(page, "name,code\nPatient,patient\n")
    page.get_by_label("Reason").fill("It can wait.")
    admin.offline_on_purpose = True
    site.stop()
    page.get_by_role("button", name="Record", exact=True).click()
    problem = page.get_by_role("alert", name="No answer came")
    expect(problem).to_contain_text("nothing is recorded twice")
    page.get_by_label("When it exists already").select_option("SKIP")
    expect(problem).to_contain_text("it is looked at again")
    admin.assert_accessible()
    site.start()
    expect(count(page, "New segments")).to_have_text("1")
    expect(page.get_by_label("When it exists already")).to_have_value("SKIP")
    expect(page.get_by_label("Reason")).to_have_value("It can wait.")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Recorded", exact=True)).to_be_visible()
    expect_answer(name_of, site, "patient").to_equal("Patient")
