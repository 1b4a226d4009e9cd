"""Somebody who uses the console: what they see and do is told by roles and labels, as a screen
reader tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Self

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from tests.web.settled import settled
from tests.web.site import Site

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

OF_COLOUR = ("color-contrast", "link-in-text-block")
"""The rules of axe that look at colours."""

TOLD_TO_AXE: dict[str, Any] = {"resultTypes": ["violations"], "selectors": False}
"""Selectors, which take it half of its time, are not printed: a violation is told by its HTML."""

STAND_INS = {
    "site-admin": "Site Admin",
    "training-manager": "Training Manager",
    "auditor": "Auditor",
    "learner": "Learner",
}

EMPTY = "/favicon.svg"
"""Of the console's origin, so that a session can be kept for it, and it runs nothing."""

EXPECTED = ("Failed to load resource: net::ERR_CONNECTION_REFUSED",)
"""What Chromium itself says while the service is stopped."""

NOTICES_STAY = """{
  const after = window.setTimeout;
  window.setTimeout = (act, delay, ...given) =>
    after(act, delay >= 4000 ? 2 ** 31 - 1 : delay, ...given);
}"""
"""What is told for a few seconds is there however late a busy machine looks for it."""

expect.set_options(timeout=15_000)


class Person:
    """One browser profile on one site."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        self.noticed: list[str] = []
        """What must not be: console messages, failures, and requests that leave the origin."""
        self.offline_on_purpose = False
        self.looks_in_dark = False
        self._expected: list[str] = []
        page.set_default_timeout(15_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.noticed.append(f"error: {error}"))
        page.on("request", self._asked)

    @classmethod
    @contextmanager
    def signed_in(
        cls, browser: Browser, site: Site, role: str, *, user: str | None = None, **options: Any
    ) -> Iterator[Self]:
        """A person with a fresh profile and a session in their tab, who has opened nothing yet.

        With `user` it is the one whom the directory knows by that username.
        """
        site.catch_up()  # a page that follows nothing is right from the first
        options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options}
        options = {"timezone_id": "Asia/Kolkata", **options}  # far from UTC, all year the same
        with browser.new_context(reduced_motion="reduce", **options) as context:
            context.add_init_script(NOTICES_STAY)
            person = cls(context.new_page(), site)
            session = {"token": site.token(role, user), "renewal": {"role": role.upper()}}
            person._keep_session(session)
            yield person

    @property
    def has_opened(self) -> bool:
        """Whether there was a page of the console yet."""
        return not self.page.url.endswith(EMPTY)

    def expect_messages(self, *words: str) -> None:
        """Messages in the browser's console with one of these words are no surprise."""
        self._expected += words

    def _keep_session(self, session: dict[str, Any]) -> None:
        """As the sign-in page keeps it, which has tests of its own."""
        self.page.goto(self.site.url + EMPTY)
        keep = "session => sessionStorage.setItem('segments.session', JSON.stringify(session))"
        self.page.evaluate(keep, session | {"expiresAt": "2999-01-01T00:00:00Z"})

    def go(self, path: str) -> None:
        """Opens an address of the console. Its heading has the focus once the page listens."""
        self.page.goto(self.site.url + path)
        expect(self.page.locator("h1").first).to_be_focused()

    def violations(self, *rules: str) -> list[str]:
        """What axe finds by these rules, or all, once the page is at rest: what, and where."""
        settled(self.page)
        if self.page.evaluate("window.axe === undefined"):
            self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "told => axe.run(told)", TOLD_TO_AXE | ({"runOnly": list(rules)} if rules else {})
        )
        return [
            f"{rule['id']}: {node['html'][:200]} ({node['failureSummary'][:300]})"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def assert_accessible(self) -> None:
        """axe finds nothing in light nor, with --dark, in dark, where only colours are others."""
        if self.looks_in_dark:
            self._assert_without_violations("dark", *OF_COLOUR)
        self._assert_without_violations("light")

    def _assert_without_violations(self, scheme: Literal["light", "dark"], *rules: str) -> None:
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(self.page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        found = self.violations(*rules)
        assert not found, "\n".join(found)

    def press(self, *keys: str) -> None:
        """Types keys, one after the other: "Tab", "Enter", or text."""
        for key in keys:
            self.page.keyboard.press(key)

    def _heard(self, message: ConsoleMessage) -> None:
        if self.offline_on_purpose and (
            message.text.startswith(EXPECTED) or "WebSocket connection" in message.text
        ):
            return
        if any(word in message.text for word in self._expected):
            return
        self.noticed.append(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        own = (self.site.url, self.site.url.replace("http", "ws"), "data:", "blob:")
        if not request.url.startswith(own):
            self.noticed.append(f"left the origin: {request.url}")
