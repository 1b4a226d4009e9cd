"""Long histories, written straight into an empty log: what a site of that age would have in it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg

from domain.catalogue import CATALOGUE
from domain.kernel.change import Change
from domain.kernel.clock import format_instant
from domain.kernel.envelope import Channel, Envelope, command_tag, stamp
from domain.kernel.event import Event
from domain.kernel.ids import new_segment_id
from domain.kernel.principal import SYSTEM
from domain.log import EventMapper
from domain.segments.events import SegmentArchived, SegmentCreated, SegmentEdited
from domain.segments.values import SegmentSource

WORDS = [
    "Sales",
    "Support",
    "Finance",
    "Nursing",
    "Warehouse",
    "Operations",
    "Research",
    "Design",
    "Legal",
    "Quality",
    "Safety",
    "North",
    "South",
    "East",
    "West",
    "Night",
    "Day",
    "Shift",
    "Team",
    "Group",
    "Managers",
    "Trainees",
    "Interns",
    "Alumni",
    "Mentors",
    "Partners",
    "Genève",
    "Zürich",
    "Łódź",
    "München",
    "Québec",
    "São",
    "Paulo",
    "Reykjavík",
    "Malmö",
    "First",
    "Aid",
    "Fire",
    "Wardens",
    "Onboarding",
]
START = datetime(2020, 1, 1, tzinfo=UTC)


def creations(count: int, chance: random.Random) -> Iterator[SegmentCreated]:
    """That many segments: names of two to four words, one in ten with a code, some described."""
    for number in range(count):
        segment = new_segment_id(START + timedelta(seconds=number))
        code = f"seg-{number}" if number % 10 == 0 else None
        described = number % 5 == 0
        yield SegmentCreated(
            segment_id=segment,
            version=1,
            name=f"{' '.join(chance.choices(WORDS, k=chance.randint(2, 4)))} {number}",
            code=code,
            description=" ".join(chance.choices(WORDS, k=30)) if described else "",
            visible=True,
            source=SegmentSource.MANUAL,
        )


def life(events: int, chance: random.Random) -> Iterator[Event]:
    """A log of that many events: one in four creates, two in three of the rest rename, the others
    change a description or archive."""
    born = list(creations(events // 4, chance))
    versions = [1] * len(born)
    names = [created.name for created in born]
    yield from born
    archived: set[int] = set()
    for number in range(events - len(born)):
        place = chance.randrange(len(born))
        segment = born[place].segment_id
        versions[place] += 1
        if number % 20 == 0 and place not in archived:
            archived.add(place)
            yield SegmentArchived(segment_id=segment, version=versions[place])
        elif number % 3:
            after = f"{' '.join(chance.choices(WORDS, k=3))} {number}"
            change = Change(before=names[place], after=after)
            names[place] = after
            yield SegmentEdited(segment_id=segment, version=versions[place], name=change)
        else:
            change = Change(before="", after=f"Edited {number} times.")
            yield SegmentEdited(segment_id=segment, version=versions[place], description=change)


def write(url: str, events: Iterator[Event]) -> int:
    """Writes events into an empty log as its superuser; how many."""
    mapper = EventMapper(CATALOGUE)
    rows: list[tuple[int, list[str]]] = []
    with psycopg.connect(url) as connection:
        connection.execute(
            "SET session_replication_role = replica"
        )  # the tags' foreign key is true
        cursor = connection.cursor()
        with cursor.copy("COPY log.events_tt_main (id, type, data, tags) FROM STDIN") as copy:
            for position, event in enumerate(events, start=1):
                command = uuid4().hex
                tags = [*event.tags(), command_tag(command)]
                stored = mapper.to_stored(event, _envelope(position, command), tags)
                copy.write_row((position, stored.type, stored.data, tags))
                rows.append((position, tags))
        with cursor.copy("COPY log.events_tt_tag (tag, main_id) FROM STDIN") as copy:
            for position, tags in rows:
                for tag in tags:
                    copy.write_row((tag, position))
        cursor.execute("SELECT setval('log.events_tt_main_id_seq', %s)", [len(rows)])
        connection.commit()
        connection.autocommit = True
        connection.execute("ANALYZE")
    return len(rows)


def _envelope(position: int, command: str) -> Envelope:
    return Envelope(
        actor=stamp(SYSTEM),
        on_behalf_of=None,
        channel=Channel.SYSTEM,
        reason=None,
        command_id=command,
        correlation_id=command,
        causation_id=None,
        recorded_at=format_instant(START + timedelta(seconds=position)),
        schema_version=1,
        request_hash="0" * 64,
    )
