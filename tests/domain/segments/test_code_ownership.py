"""Who holds a code: what each event that may stand in its boundary does to that."""

from __future__ import annotations

import pytest

from domain.kernel.event import Event
from domain.kernel.values import code_key
from domain.segments.code_ownership import CodeOwnership
from tests.domain.segments.events import A, B, archived, created, deleted, edited

HELD_BY_A = created(A, code="s")


@pytest.mark.parametrize(
    ("story", "owner"),
    [
        ([], None),
        ([HELD_BY_A], A),
        ([created(A)], None),
        ([created(A), edited(A, 2, code=(None, "S"))], A),
        ([HELD_BY_A, edited(A, 2, code=("s", "S"))], A),
        ([HELD_BY_A, edited(A, 2, code=("s", None))], None),
        ([HELD_BY_A, edited(A, 2, code=("s", "t"))], None),
        ([HELD_BY_A, deleted(A, 2, code="s")], None),
        ([HELD_BY_A, edited(A, 2, code=("s", None)), created(B, code="ｓ")], B),
    ],
    ids=range(9),
)
def test_events_that_take_and_free_it_say_who_holds_it(
    story: list[Event], owner: str | None
) -> None:
    """In any spelling; an edit from one spelling to another keeps it."""
    assert _after(story).owner == owner


@pytest.mark.parametrize(
    "event",
    [
        created(B),
        created(B, code="t"),
        edited(B, 2, code=("t", "u")),
        edited(B, 2, code=("t", None)),
        edited(A, 2, name=("Sales", "x")),
        archived(A, 2),
        deleted(B, 2),
        deleted(B, 2, code="t"),
    ],
    ids=range(8),
)
def test_events_about_other_codes_change_nothing(event: Event) -> None:
    """They stand in the boundary of a command that depends on a segment or on two codes."""
    assert _after([HELD_BY_A, event]).owner == A


def _after(story: list[Event]) -> CodeOwnership:
    register = CodeOwnership(code_key("S"))
    for event in story:
        register.apply(event)
    return register
