"""Rosters, asked: now and as of any position, page by page."""

from __future__ import annotations

import asyncio
import random
from itertools import product

import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.ids import SEGMENT, USER, uuid_in
from domain.kernel.principal import SYSTEM
from domain.log import EventLog, EventMapper, RecordedEvent
from domain.people.values import UserStatus
from domain.segments.values import SegmentSource
from projections.engine.projector import Projector
from projections.memberships.members_query import MembersQuery
from projections.memberships.reads import MemberReads
from projections.people.reads import UserReads
from projections.segments.query import SegmentOrder, SegmentQuery
from projections.segments.reads import SegmentReads
from projections.sql import listing
from projections.sql.paging import PageRequest
from service.database.log_store.recorder import LogRecorder
from tests.projections.memberships.lives import Site, live, rosters_at
from tests.projections.paging import walked_through
from tests.projections.people.test_reads import FORMS
from tests.projections.story import Story

ALL = PageRequest(1_000)


def everything(recorder: LogRecorder) -> list[RecordedEvent]:
    """The whole log."""
    return list(EventLog(recorder, EventMapper(CATALOGUE)).follow(after=0, limit=10_000))


async def number_of(segments: SegmentReads, segment: str) -> int:
    """A segment's number."""
    uuid = uuid_in(segment, SEGMENT)
    assert uuid is not None
    number = await segments.number_of(uuid)
    assert number is not None
    return number


async def names(members: MemberReads, roster: MembersQuery) -> list[str]:
    """Who is on a roster, in its order."""
    page = await members.page(roster, ALL)
    assert await members.count(roster) == len(page.rows)
    return [view.user.display_name for view, _ in page.rows]


@pytest.mark.parametrize(("few", "near"), [(1_000, 5_000), (0, 1)])
async def test_rosters_at_every_position_are_the_fold_up_to_there(
    story: Story,
    recorder: LogRecorder,
    site_projector: Projector,
    segments: SegmentReads,
    users: UserReads,
    members: MemberReads,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    near: int,
) -> None:
    """Members, since when, and their number, on the list and on the roster; ordered by it, too."""
    monkeypatch.setattr(listing, "FEW", few)
    monkeypatch.setattr(listing, "NEAR", near)
    live(story, Site(), random.Random(17), 60)
    head = await asyncio.to_thread(site_projector.catch_up)
    events = everything(recorder)
    times = {recorded.position: recorded.envelope.instant for recorded in events}
    assert any(rosters_at(events, head).values())
    for position in [*range(head + 1), None]:
        expected = rosters_at(events, head if position is None else position)
        for descending in (False, True):
            query = SegmentQuery(
                statuses=None,
                as_of=position,
                order=SegmentOrder.MEMBER_COUNT,
                descending=descending,
            )
            listed = [view for view, _ in (await segments.page(query, ALL)).rows]
            counts = [(view.member_count, view.number) for view in listed]
            assert counts == sorted(counts, reverse=descending)
        assert {view.id: view.member_count for view in listed} == {
            segment: len(roster) for segment, roster in expected.items()
        }
        for view in listed:
            roster = MembersQuery(segment=view.number, as_of=position)
            page = await members.page(roster, ALL)
            assert {member.user.id: member.added_at for member, _ in page.rows} == {
                user: times[since] for user, since in expected[view.id].items()
            }
            assert await members.count(roster) == view.member_count
            places = [place for _, place in page.rows]
            assert places == sorted(places)


async def test_a_member_tells_since_when_by_whom_and_how(
    story: Story, recorder: LogRecorder, site_projector: Projector, members: MemberReads
) -> None:
    """Of the membership that holds then, not of an earlier one."""
    ann, segment = story.user("Ann", "Smith"), story.segment("Sales")
    story.add(segment, ann)
    first = story.position
    story.remove(segment, ann)
    story.add(segment, ann, source=SegmentSource.UPLOAD)
    second = story.position
    await asyncio.to_thread(site_projector.catch_up)
    times = {recorded.position: recorded.envelope.instant for recorded in everything(recorder)}
    for as_of, since, source in (
        (None, second, SegmentSource.UPLOAD),
        (second, second, SegmentSource.UPLOAD),
        (first, first, SegmentSource.MANUAL),
    ):
        page = await members.page(MembersQuery(segment=1, as_of=as_of), ALL)
        ((view, _),) = page.rows
        assert (view.added_at, view.added_by) == (times[since], SYSTEM.id)
        assert (view.source, view.user.id) == (source, ann)
    assert await names(members, MembersQuery(segment=1, as_of=first + 1)) == []


async def test_the_past_names_people_as_they_are_now(
    story: Story, site_projector: Projector, members: MemberReads
) -> None:
    """Renamed, suspended, erased: searched and ordered so, too."""
    ann, bo, cy = story.user("Ann", "Smith"), story.user("Bo", "Berg"), story.user("Cy", "Chen")
    segment = story.segment("Sales")
    story.add(segment, ann, bo, cy)
    then = story.position
    story.edit(ann, last_name="Aaron")
    story.edit(cy, UserStatus.SUSPENDED)
    story.remove(segment, bo)
    story.erase(bo)
    await asyncio.to_thread(site_projector.catch_up)
    past = MembersQuery(segment=1, as_of=then)
    assert await names(members, past) == ["Erased user", "Ann Aaron", "Cy Chen"]
    assert await names(members, MembersQuery(segment=1, as_of=then, search="berg")) == []
    assert await names(members, MembersQuery(segment=1, as_of=then, search="aaron")) == [
        "Ann Aaron"
    ]
    assert await names(members, MembersQuery(segment=1)) == ["Ann Aaron", "Cy Chen"]


@pytest.mark.parametrize(("few", "near"), FORMS)
async def test_a_roster_pages_through_its_members(
    story: Story,
    site_projector: Projector,
    members: MemberReads,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    near: int,
) -> None:
    """Forwards and backwards, searched or not, now and then, whichever question answers."""
    chance = random.Random(few + near)
    people = [story.user(chance.choice("AB"), f"Team {n % 7}") for n in range(50)]
    segment, inside = story.segment("Sales"), chance.sample(people, 30)
    story.add(segment, *inside)
    then = story.position
    story.remove(segment, *inside[:8])
    await asyncio.to_thread(site_projector.catch_up)
    monkeypatch.setattr(listing, "FEW", few)
    monkeypatch.setattr(listing, "NEAR", near)
    for as_of, term, backward in product((None, then), ("", "team 3", "b"), (False, True)):
        roster = MembersQuery(segment=1, as_of=as_of, search=term)
        found = await walked_through(members, roster, 4, backward=backward)
        there = inside if as_of else inside[8:]
        hits = [user for user in there if term in story.people[user].display_name.lower()]
        assert sorted(view.user.id for view in found) == sorted(hits)
        keys = [(view.user.last_name, view.user.first_name, view.user.id) for view in found]
        assert keys == sorted(keys)
        assert await members.count(roster) == len(hits)


async def test_only_keeps_to_one_member(
    story: Story, site_projector: Projector, members: MemberReads
) -> None:
    """Who is not in, or is nobody, is not on the roster."""
    ann, bo = story.user("Ann", "Smith"), story.user("Bo", "Berg")
    segment = story.segment("Sales")
    story.add(segment, ann)
    await asyncio.to_thread(site_projector.catch_up)
    assert bo != ann
    assert await names(members, MembersQuery(segment=1, only=1)) == ["Ann Smith"]
    assert await names(members, MembersQuery(segment=1, only=2)) == []
    assert await names(members, MembersQuery(segment=1, only=-1)) == []
    assert await members.is_member(1, 1)
    assert not await members.is_member(1, 2)
    assert not await members.is_member(2, 1)


@pytest.mark.parametrize(("few", "limit"), [(1_000, 7), (0, 7), (0, 1), (0, 100)])
async def test_an_export_writes_every_member_once_by_name(
    story: Story,
    site_projector: Projector,
    members: MemberReads,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    limit: int,
) -> None:
    """Part by part, each after the last place of the one before."""
    people = [story.user("Ann", f"Team {n % 9}") for n in range(30)]
    segment = story.segment("Sales")
    story.add(segment, *people[:25])
    await asyncio.to_thread(site_projector.catch_up)
    monkeypatch.setattr(listing, "FEW", few)
    found, after = [], None
    while part := await members.export(1, after, limit):
        assert len(part) <= limit
        found += part
        after = part[-1].place
    expected = [story.people[user] for user in people[:25]]
    assert sorted(row.username for row in found) == sorted(p.username for p in expected)
    assert [row.last_name for row in found] == sorted(p.last_name for p in expected)
    assert {row.first_name for row in found} == {"Ann"}


async def test_segments_are_found_by_a_member(
    story: Story,
    site_projector: Projector,
    segments: SegmentReads,
    users: UserReads,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Now and as of a position, searched or not, however many there are."""
    ann, bo = story.user("Ann", "Smith"), story.user("Bo", "Berg")
    made = [story.segment(f"Segment {number}") for number in range(12)]
    for segment in made[:8]:
        story.add(segment, ann, bo)
    then = story.position
    for segment in made[:3]:
        story.remove(segment, ann)
    story.delete(made[3])
    await asyncio.to_thread(site_projector.catch_up)
    uuid = uuid_in(ann, USER)
    assert uuid is not None
    number = await users.number_of(uuid)
    for few, near in FORMS:
        monkeypatch.setattr(listing, "FEW", few)
        monkeypatch.setattr(listing, "NEAR", near)
        for as_of, term, expected in (
            (None, "", made[4:8]),
            (then, "", made[:8]),
            (None, "segment 5", made[5:6]),
            (then, "segment 1", made[1:2]),
        ):
            query = SegmentQuery(has_member=number, as_of=as_of, search=term)
            found = await walked_through(segments, query, 3)
            assert [view.id for view in found] == expected
            assert await segments.count(query) == len(expected)
    assert (await segments.page(SegmentQuery(has_member=-1), ALL)).rows == []


async def test_a_segment_is_found_with_its_count(
    story: Story, site_projector: Projector, segments: SegmentReads
) -> None:
    """By id, now and then; its version does not move with it."""
    ann, segment = story.user("Ann", "Smith"), story.segment("Sales")
    before = story.position
    story.add(segment, ann)
    await asyncio.to_thread(site_projector.catch_up)
    uuid = uuid_in(segment, SEGMENT)
    assert uuid is not None
    for as_of, count in ((None, 1), (before, 0), (before + 1, 1)):
        view = (await segments.by_uuid([uuid], as_of))[uuid]
        assert (view.member_count, view.version) == (count, 1)
    assert await segments.by_uuid([uuid], before - 1) == {}
