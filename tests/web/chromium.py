"""The browser in which the console's journeys are walked: Chromium, where there is one."""

from __future__ import annotations

import os
import shutil

NAMES = (
    "chromium-headless-shell",  # the same engine without what only a window needs: twice as quick
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

ARGUMENTS = [
    "--headless",
    "--no-sandbox",  # it may run as root, and opens nothing but our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page lives for a few seconds: compilers that think longer of it never pay for themselves.
    "--js-flags=--no-maglev --no-opt --no-flush-bytecode --min-semi-space-size=16",
    "--enable-features=NetworkServiceInProcess2",  # one process less for each browser
]


def chromium() -> str | None:
    """The path of the first that is found, or of what SEGMENTS_TEST_BROWSER names."""
    named = os.environ.get("SEGMENTS_TEST_BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None)
