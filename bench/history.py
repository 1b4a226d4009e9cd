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
from domain.kernel.envelope import Channel, Envelope, stamp
from domain.kernel.event import Event
from domain.kernel.ids import new_segment_id
from domain.kernel.principal import SYSTEM
from domain.log import EventMapper
from domain.segments.code_register import tags_of_taking
from domain.segments.events import SegmentArchived, SegmentCreated, SegmentEdited
from domain.segments.state import segment_tag
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

Tagged = tuple[Event, list[str]]


def creations(count: int, chance: random.Random) -> Iterator[Tagged]:
    """That many segments: names of two to four words, one in ten with a code, some described."""
    for number in range(count):
        segment = new_segment_id(START + timedelta(seconds=number))
        code = f"seg-{number}" if number % 10 == 0 else None
        described = number % 5 == 0
        fact = SegmentCreated(
            segment_id=segment,
            version=1,
            name=f"{' '.join(chance.choices(WORDS, k=chance.randint(2, 4)))} {number}",
            code=code,
            description=" ".join(chance.choices(WORDS, k=30)) if described else "",
            visible=True,
            source=SegmentSource.MANUAL,
        )
        yield fact, [segment_tag(segment), *tags_of_taking(code)]


def life(events: int, chance: random.Random) -> Iterator[Tagged]:
    """A log of that many events: one in four creates, two in three of the rest rename, the others
    change a description or archive."""
    born = list(creations(events // 4, chance))
    versions = [1] * len(born)
    names = [fact.name for fact, _ in born if isinstance(fact, SegmentCreated)]
    yield from born
    archived: set[int] = set()
    for number in range(events - len(born)):
        place = chance.randrange(len(born))
        segment = getattr(born[place][0], "segment_id", "")
        versions[place] += 1
        tags = [segment_tag(segment)]
        if number % 20 == 0 and place not in archived:
            archived.add(place)
            yield SegmentArchived(segment_id=segment, version=versions[place]), tags
        elif number % 3:
            after = f"{' '.join(chance.choices(WORDS, k=3))} {number}"
            change = Change(before=names[place], after=after)
            names[place] = after
            yield SegmentEdited(segment_id=segment, version=versions[place], name=change), tags
        else:
            change = Change(before="", after=f"Edited {number} times.")
            yield (
                SegmentEdited(segment_id=segment, version=versions[place], description=change),
                tags,
            )


def write(url: str, events: Iterator[Tagged]) -> int:
    """Writes events into an empty log as its superuser; how many."""
    mapper = EventMapper(CATALOGUE)
    rows: list[tuple[int, list[str]]] = []
    with psycopg.connect(url) as connection:
        connection.execute(
            "SET session_replication_role = replica"
        )  # the tags' foreign key is true
        cursor = connection.cursor()
        with cursor.copy("COPY log.events_tt_main (id, type, data, tags) FROM STDIN") as copy:
            for position, (event, tags) in enumerate(events, start=1):
                command = uuid4().hex
                tags.append(f"command:{command}")
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
