"""Events as sentences."""

from __future__ import annotations

import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentRestored,
)
from domain.segments.values import SegmentSource
from projections.audit.event_summaries import SUMMARIES, summary_of

ID = "segment_019339a1f7c07a5b8d3e2f4c6a8b0d1e"


def created(code: str | None) -> SegmentCreated:
    """A creation."""
    return SegmentCreated(
        segment_id=ID,
        version=1,
        name="Sales",
        code=code,
        description="",
        visible=True,
        source=SegmentSource.MANUAL,
    )


def test_every_event_has_a_sentence() -> None:
    """One that has none could not be shown to anybody."""
    assert set(SUMMARIES) == set(CATALOGUE.by_topic.values())


@pytest.mark.parametrize(
    ("event", "words"),
    [
        pytest.param(created(None), "created the segment “Sales”.", id="created"),
        pytest.param(
            created("S1"), "created the segment “Sales” with the ID “S1”.", id="created with an id"
        ),
        pytest.param(
            SegmentEdited(
                segment_id=ID, version=2, name=Change(before="Sales", after="Sales Team")
            ),
            "renamed the segment from “Sales” to “Sales Team”.",
            id="renamed",
        ),
        pytest.param(
            SegmentEdited(
                segment_id=ID,
                version=2,
                code=Change(before=None, after="S1"),
                description=Change(before="", after="All"),
                visible=Change(before=True, after=False),
            ),
            "gave it the ID “S1”, changed its description and hid it.",
            id="three fields given",
        ),
        pytest.param(
            SegmentEdited(segment_id=ID, version=2, code=Change(before="S1", after=None)),
            "cleared its ID “S1”.",
            id="id cleared",
        ),
        pytest.param(
            SegmentEdited(
                segment_id=ID,
                version=2,
                code=Change(before="S1", after="S2"),
                description=Change(before="All", after=""),
                visible=Change(before=False, after=True),
            ),
            "changed its ID from “S1” to “S2”, emptied its description and made it visible.",
            id="three fields changed",
        ),
        pytest.param(
            SegmentArchived(segment_id=ID, version=3), "archived the segment.", id="archived"
        ),
        pytest.param(
            SegmentRestored(segment_id=ID, version=4), "restored the segment.", id="restored"
        ),
        pytest.param(
            SegmentDeleted(segment_id=ID, version=5, name="Sales", code=None),
            "deleted the segment “Sales”.",
            id="deleted",
        ),
    ],
)
def test_a_sentence_says_who_did_what(event: Event, words: str) -> None:
    """With the names as they were."""
    assert summary_of("Site Admin", event, {}) == f"Site Admin {words}"
