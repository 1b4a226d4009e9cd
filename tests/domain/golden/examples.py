"""The events to store in the golden file: each class, each field, told as the story of a segment.

A new event, or a new version of one, is added here. What is not up to date any more may be changed
or taken out: its line stays in the file.
"""

from __future__ import annotations

from domain.kernel.envelope import ActorStamp, Channel, Envelope, UploadNote, UploadSummary
from domain.kernel.event import Event
from domain.kernel.principal import ActorKind, Role
from domain.memberships.events import MembersAdded
from domain.people.events import UserCreated
from domain.segments.values import SegmentStatus
from tests.domain.golden.people import PEOPLE_FACTS
from tests.domain.segments.events import (
    A,
    B,
    archived,
    created,
    deleted,
    edited,
    reinstated,
    restored,
    tags_of,
)

FACTS: tuple[Event, ...] = (
    created(
        A, name="Sales “north”", code="Größe 1", description="*All*\r\n\tof them 😀", visible=False
    ),
    created(B, name="Team", code=None),
    edited(A, 2, name=("Sales “north”", "Sales")),
    edited(A, 3, code=("Größe 1", "GRÖSSE 1"), description=("*All*\r\n\tof them 😀", "")),
    edited(A, 4, code=("GRÖSSE 1", None), visible=(False, True)),
    edited(B, 2, code=(None, "größe 1")),
    archived(A, 5),
    restored(A, 6),
    deleted(A, 7, name="Sales", code=None),
    deleted(B, 3, name="Team", code="größe 1"),
    reinstated(A, 8, status=SegmentStatus.ARCHIVED),
    reinstated(B, 4, name="Team", code="größe 1"),
)

FILE = UploadSummary(
    name="members “north”.csv",
    rows_read=3,
    rows_rejected=0,
    created=2,
    updated=0,
    unchanged=1,
)

_PERSON = ActorStamp(
    id="user-1", kind=ActorKind.USER, roles=(Role.AUDITOR, Role.LEARNER, Role.SITE_ADMIN)
)


def _envelope(number: int, event: Event) -> Envelope:
    first = number == 1
    return Envelope(
        actor=_PERSON,
        on_behalf_of="user-2" if first else None,
        channel=Channel.UPLOAD if first else Channel.API,
        reason="Why “not”?\n" if first else None,
        command_id=f"command-{number}",
        correlation_id=f"request-{number}",
        causation_id="event_1" if first else None,
        recorded_at=f"2026-03-01T12:30:00.{number:06}Z",
        schema_version=event.SCHEMA_VERSION,
        request_hash=f"{number:064x}",
        upload=_upload(event),
    )


def _upload(event: Event) -> UploadNote | None:
    """What came from a file says so: once with the file itself, once with a row of it."""
    if isinstance(event, MembersAdded) and event.rows:
        return UploadNote(file=FILE)
    return UploadNote(row=2) if isinstance(event, UserCreated) and event.code_hash else None


def examples() -> list[tuple[Event, Envelope, list[str]]]:
    """Events with envelopes and tags, in the order of the story."""
    tagged = [*((event, tags_of(event)) for event in FACTS), *PEOPLE_FACTS]
    return [
        (event, _envelope(number, event), sorted({*tags, f"command:command-{number}"}))
        for number, (event, tags) in enumerate(tagged, start=1)
    ]
