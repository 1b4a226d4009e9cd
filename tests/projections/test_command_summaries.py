"""Commands as sentences: what was done, and to how much of it."""

from __future__ import annotations

import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.envelope import Channel, Envelope, UploadNote, UploadSummary, stamp
from domain.kernel.principal import SYSTEM
from domain.segments.events import SEGMENT_EVENTS
from projections.commands.summaries import PHRASES, command_summary
from projections.commands.views import TypeCount

FILE = UploadSummary(
    name="members.csv", rows_read=1, rows_rejected=0, created=1, updated=0, unchanged=0
)


def _envelope(undone: str | None = None, note: UploadNote | None = None) -> Envelope:
    return Envelope(
        actor=stamp(SYSTEM),
        on_behalf_of=None,
        channel=Channel.API,
        reason=None,
        command_id="c",
        correlation_id="c",
        causation_id=undone,
        recorded_at="2026-03-01T12:00:00.000000Z",
        schema_version=1,
        request_hash="",
        upload=note,
    )


def test_every_event_has_a_phrase() -> None:
    """A new one does not go untold."""
    assert set(PHRASES) == set(CATALOGUE.by_topic.values())
    assert all(event in PHRASES for event in SEGMENT_EVENTS)


@pytest.mark.parametrize(
    ("envelope", "counts", "sentence"),
    [
        pytest.param(
            _envelope(note=UploadNote(file=FILE)),
            [TypeCount("members.added", 3_001, 40_000, 3_001)],
            "Ann uploaded members.csv: added 40,000 memberships in 3,001 segments.",
            id="a file",
        ),
        pytest.param(
            _envelope(),
            [
                TypeCount("members.removed", 2, 2, 1),
                TypeCount("user.erased", 1, 0, 0),
            ],
            "Ann erased 1 user and ended 2 memberships in 1 segment.",
            id="an erasure",
        ),
        pytest.param(
            _envelope(undone="b"),
            [
                TypeCount("segment.deleted", 2, 0, 2),
                TypeCount("user.edited", 1, 0, 0),
                TypeCount("user.removed", 12, 0, 0),
            ],
            "Ann undid a command: deleted 2 segments, edited 1 user and removed 12 users.",
            id="an undo",
        ),
        pytest.param(
            _envelope(), [], "Ann did something that you may not see.", id="nothing to be seen"
        ),
    ],
)
def test_a_sentence(envelope: Envelope, counts: list[TypeCount], sentence: str) -> None:
    """In the order in which things depend on each other, not in that of the log."""
    assert command_summary("Ann", envelope, counts) == sentence
