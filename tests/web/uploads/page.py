"""The upload pages, as somebody uses them."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PATHS = {
    "segments": "/segments/upload",
    "members": "/segments/upload-members",
    "users": "/users/upload",
}


def choose(page: Page, content: str | bytes, name: str = "upload.csv") -> None:
    """Chooses a file by the button, and waits until it has been looked at."""
    raw = content.encode() if isinstance(content, str) else content
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose").click()
    chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": raw})
    looked(page)


def looked(page: Page) -> None:
    """Waits until nothing is under way."""
    expect(page.get_by_text("The file is being")).to_have_count(0)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def count(page: Page, name: str) -> Locator:
    """How many, as the page says."""
    return page.get_by_role("definition").filter(
        has=page.locator(f"xpath=self::*[preceding-sibling::dt[normalize-space()='{name}']]")
    )


def record(page: Page, reason: str = "") -> None:
    """Records what was seen."""
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Record", exact=True).click()
