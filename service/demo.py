"""Demo content: the same commands under the same commandIds every time, so it is made once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import psycopg

from domain.kernel.commands.command import Command
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.ids import SegmentId, new_segment_id, new_user_id
from domain.kernel.principal import SYSTEM
from domain.kernel.values import CommandId, Reason
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.user_refs import UserRefs
from domain.people.create_user import CreateUser, NewUser
from domain.people.identifiers.lookup import UserKey
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.segment_command import SegmentRef
from domain.segments.state import segment_of
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from graph.support.site import Site
from service.database.connections import on_primary, service_conninfo
from service.demo_people import PEOPLE, SamplePerson, members_of
from service.settings import Settings
from service.site import open_site


class Sample(NamedTuple):
    """One demo segment, and the changes of it afterwards."""

    name: str
    code: str | None
    description: str
    visible: bool = True
    later_name: str | None = None
    archived: bool = False


SAMPLES = (
    Sample("Sales", "sales", "Everybody who sells.", later_name="Sales Team"),
    Sample("Sales Managers", "sales-managers", "Regional and national sales managers."),
    Sample("Customer Success", "cs", "Onboarding and support of customers."),
    Sample("Engineering", "eng", "Software engineers, testers and operators."),
    Sample("Engineering Interns 2025", "eng-interns-2025", "Left in autumn.", archived=True),
    Sample("Engineering Interns 2026", "eng-interns-2026", "Arrived in September."),
    Sample("First Aiders", "first-aid", "Hold a **valid certificate**; renew every two years."),
    Sample("Fire Wardens, Floor 2", None, "Evacuation of the second floor."),
    Sample("Fire Wardens, Floor 10", None, "Evacuation of the tenth floor."),
    Sample("Équipe Genève", "geneve", "The office in Geneva."),
    Sample("Łódź Warehouse", "lodz", "Warehouse staff, all shifts."),
    Sample("Leadership Circle", "leaders", "Not offered to course teachers.", visible=False),
    Sample("New Joiners", "new", "First ninety days: compliance and culture courses."),
    Sample("Works Council", "council", "Elected members.", visible=False),
)


async def fill_if_empty(settings: Settings, url: str) -> None:
    """Fills the site with demo content, when nothing at all has happened on it yet."""
    if not _is_untouched(url):  # asked by itself: opening a site takes a third of a second
        return
    async with open_site(settings, url, project=False) as site:
        await _fill(site)


def _is_untouched(url: str) -> bool:
    with psycopg.connect(on_primary(service_conninfo(url, "pg_catalog"))) as connection:
        query = "SELECT NOT EXISTS (SELECT FROM log.events_tt_main)"
        return connection.execute(query).fetchone() == (True,)


async def fill(settings: Settings, url: str) -> int:
    """Fills the site with demo content; returns the number of its segments. Existing content stays
    as it is.
    """
    async with open_site(settings, url, project=False) as site:
        await _fill(site)
    return len(SAMPLES)


async def _fill(site: Site) -> None:
    for person in PEOPLE:
        await site.commands.dispatch(_addition(person, site), _request(f"demo-{person.username}"))
    for number, sample in enumerate(SAMPLES, start=1):
        draft = NewSegment.of(sample._asdict())
        creation = CreateSegment(new_segment_id(datetime.now(UTC)), draft)
        outcome = await site.commands.dispatch(creation, _request(f"demo-{number}-create"))
        ref = SegmentRef(id=SegmentId(segment_of(outcome.events[0])))
        for step, command in _what_happens_to(sample, ref, site):
            await site.commands.dispatch(command, _request(f"demo-{number}-{step}"))


def _addition(person: SamplePerson, site: Site) -> CreateUser:
    names = (person.username, person.email, person.first_name, person.last_name)
    draft = NewUser.of(*names, None, person.roles)
    return CreateUser(
        new_user_id(datetime.now(UTC)), draft, site.services.hashes, site.services.vault
    )


def _what_happens_to(sample: Sample, ref: SegmentRef, site: Site) -> list[tuple[str, Command]]:
    story: list[tuple[str, Command]] = []
    members = members_of(sample.code or "")
    if members:
        users = UserRefs.of(UserKey.USERNAME, members)
        story.append(("fill", AddUsersToSegment(ref, users, site.services.hashes)))
    if sample.later_name:
        story.append(("rename", UpdateSegment(ref, SegmentChanges.of({"name": sample.later_name}))))
    if sample.archived:
        story.append(("archive", ArchiveSegment(ref)))
    return story


def _request(command_id: str) -> CommandRequest:
    return CommandRequest(
        principal=SYSTEM,
        channel=Channel.SYSTEM,
        correlation_id=command_id,
        command_id=CommandId(command_id),
        reason=Reason("Demo content."),
    )
