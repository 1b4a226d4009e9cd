"""A page at rest, and what only a page at rest tells."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.web.answers import expect_answer

AT_REST = """async () => {
  const idle = () => new Promise(go => requestIdleCallback(() => setTimeout(go)));
  await idle();
  await idle();
  const busy = "[aria-busy=true], [data-loading], .mantine-Skeleton-root[data-visible]";
  const ends = ({ effect }) => effect.getComputedTiming().endTime !== Infinity;
  const moves = document.getAnimations().some(one => one.playState === "running" && ends(one));
  return document.querySelector(busy) === null && !moves;
}"""
"""The second time that the page is idle, what it puts off until it is, such as moving the focus
into a dialog, is done."""

BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""Pixels by which the page is wider than the window."""

FAR = 50
"""Steps with Tab, more than any page here has."""


def settled(page: Page) -> None:
    """Returns once nothing is under way on the page: no question, no placeholder, no motion."""
    page.wait_for_function(AT_REST)


def assert_fits(page: Page) -> None:
    """Nothing is wider than the window, but what scrolls by itself."""
    settled(page)
    expect_answer(page.evaluate, BEYOND).to_equal(0)


def tab_to(target: Locator) -> None:
    """By Tab, from where the focus is, as often as it takes."""
    settled(target.page)
    for _ in range(FAR):
        if target.evaluate("one => one === document.activeElement"):
            break
        target.page.keyboard.press("Tab")
    expect(target).to_be_focused()
