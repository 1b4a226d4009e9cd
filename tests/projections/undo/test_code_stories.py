"""An undo asks who has a code now, whoever had it before: counted."""

from __future__ import annotations

import pytest

from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from projections.engine.projector import Projector
from tests.projections.undo.later_commands import OTHER, Tell, coded
from tests.projections.undo.site import FEW, MANY, REF, Site

CODES: dict[str, tuple[str | None, Tell, int, int | None]] = {
    "came and went": (None, coded(None, "s"), MANY, None),
    "is another's in the end": (None, coded(None, "s"), MANY + 1, MANY + 1),
    "is another's, who writes it now so, now so": ("S", coded("S", "s"), MANY, 0),
}
"""The code of the other segment, what is told of it and how often; which of its events is told."""


@pytest.mark.parametrize(("code", "tell", "count", "taken"), CODES.values(), ids=CODES)
def test_a_code_is_asked_for_where_it_is_now(
    site: Site,
    site_projector: Projector,
    code: str | None,
    tell: Tell,
    count: int,
    taken: int | None,
) -> None:
    """Is it another's, the event is told by which that one took it."""
    site.do(UpdateSegment(REF, SegmentChanges.of({"code": "s"})))
    command = site.do(UpdateSegment(REF, SegmentChanges.of({"code": None})))
    site.do(CreateSegment(OTHER, NewSegment.of({"name": "Other", "code": code})))
    site.tell(count, tell)
    site_projector.catch_up()
    plan = site.preview(command)
    first = site.position_of(command) + 1
    expected = [] if taken is None else [first + taken]
    assert [conflict.recorded.position for conflict in plan.conflicts] == expected
    assert plan.undone == 1 - len(expected)
    assert 0 < site.mapper.read < FEW
