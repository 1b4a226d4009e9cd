"""Makes the pictures of the README: `make screenshots`, on the demo content."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.web.chromium import ARGUMENTS, chromium
from tests.web.person import Person
from tests.web.site import Site, serving_console

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"

FILE = """name,user segment id,description,visible,cost centre
Regional Trainers,regional-trainers,Train the trainers of a region,yes,4711
Sales Team,SALES,The ID is taken already,yes,4712
Harbour Office,harbour,,maybe,4713
"""


def main() -> None:
    """Writes one picture a page, in the size that README shows."""
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium was found: README says how to get one")
    with (
        tempfile.TemporaryDirectory(prefix="segments-screenshots-") as folder,
        serving_console(Path(folder) / "data") as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        _take(browser, site)
        browser.close()


def _take(browser: Browser, site: Site) -> None:
    viewport = {"width": 1200, "height": 760}
    with Person.signed_in(browser, site, "site-admin", viewport=viewport) as admin:
        page = admin.page
        admin.go("/segments")
        expect(page.get_by_role("link", name="Sales Team")).to_be_visible()
        expect(page.get_by_role("row").nth(1).get_by_role("button").last).to_be_visible()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "site-user-segments.png")
        admin.go("/segments/upload")
        page.locator("input[type=file]").set_input_files(
            {"name": "segments.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
        )
        expect(page.get_by_text("cost centre").first).to_be_visible()
        page.screenshot(path=FOLDER / "upload.png")
        admin.go("/segments")
        page.get_by_role("link", name="Sales Team").click()
        page.get_by_role("link", name="History").click()
        expect(page.get_by_text("renamed the segment").first).to_be_visible()
        page.screenshot(path=FOLDER / "history.png")


if __name__ == "__main__":
    main()
