"""A deletion of a segment ends its memberships without a touch, however many they are."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.ids import SEGMENT, USER, SegmentId
from domain.log import EventMapper, RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.events import UserCreated, UserEdited, UserErased
from domain.people.identifiers.lookup import UserKey
from domain.segments.events import SegmentDeleted
from projections.audit.query import LogQuery, Somebody
from projections.audit.reads import AuditReads
from projections.engine.projector import Projector
from projections.memberships.reads import MemberReads
from projections.segments.query import SegmentQuery
from projections.segments.reads import SegmentReads
from projections.snapshot.site import SiteSnapshots
from projections.sql.paging import PageRequest
from service.database.log_store.recorder import LogRecorder
from service.database.pools import PrimingPool, ReadPool, priming_pool
from tests.projections.engine.test_unfit import members, unfit
from tests.projections.memberships.lives import Site, live, rosters_at
from tests.projections.memberships.test_fold import rows, spans
from tests.projections.memberships.test_reads import everything
from tests.projections.rebuilt import projector
from tests.projections.story import Story


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_deletion_touches_no_membership(
    database_url: str, story: Story, site_projector: Projector, batch: int
) -> None:
    """Each row of a roster is where it was, in the very same version: a deletion is one row."""
    segment = story.segment("Sales")
    story.add(segment, *(story.user("Ann", f"Smith {n}") for n in range(20)))
    site_projector.catch_up()
    stored = "SELECT ctid::text, xmin::text FROM read_model.open_memberships ORDER BY 1"
    before = rows(database_url, stored)
    story.delete(segment)
    with projector(database_url, batch=batch) as deleting:
        deleting.catch_up()
    assert len(before) == 20
    assert rows(database_url, stored) == before
    assert rows(database_url, "SELECT * FROM read_model.past_memberships") == []
    assert rows(database_url, "SELECT * FROM read_model.members") == []
    assert rows(database_url, "SELECT * FROM read_model.roster_ends") == [(1, story.position)]


@pytest.mark.parametrize("batch", [1, 2, 3, 4, 5, 100])
def test_who_comes_again_after_two_deletions_has_a_membership_of_each_time(
    database_url: str, story: Story, batch: int
) -> None:
    """Whoever does not has one, ended by the deletion after it."""
    ann, bo, segment = story.user("Ann", "Smith"), story.user("Bo", "Berg"), story.segment("Sales")
    story.add(segment, ann, bo)
    story.delete(segment)
    story.reinstate(segment)
    story.delete(segment)
    story.reinstate(segment)
    story.add(segment, ann)
    story.delete(segment)
    story.reinstate(segment)
    story.add(segment, bo)
    story.remove(segment, bo)
    with projector(database_url, batch=batch) as live:
        live.catch_up()
    expected = [("user-1", 4, 5), ("user-2", 4, 5), ("user-1", 9, 10), ("user-2", 12, 13)]
    assert spans(database_url) == expected
    stored = "SELECT member, from_position FROM read_model.open_memberships ORDER BY 2, 1"
    assert rows(database_url, stored) == [(1, 4), (2, 4), (1, 9)]


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_removal_of_who_went_with_the_segment_does_not_fit(
    story: Story, batch: int, database_url: str
) -> None:
    """Their row is there; they are not."""
    ann, segment = story.user("Ann", "Smith"), story.segment("Sales")
    story.add(segment, ann)
    story.delete(segment)
    story.reinstate(segment)
    story.remove(segment, ann)
    with projector(database_url, batch=batch) as live:
        assert live.catch_up() == 6
    assert unfit(database_url) == {6: "somebody leaves a segment who is not there"}
    assert members(database_url) == []


@pytest.mark.parametrize("known", [True, False], ids=["known", "in one batch"])
def test_a_second_addition_does_not_fit(
    database_url: str, story: Story, site_projector: Projector, *, known: bool
) -> None:
    """Also to a segment that was deleted once: only who went with it can come again."""
    ann, segment = story.user("Ann", "Smith"), story.segment("Sales")
    story.delete(segment)
    story.reinstate(segment)
    story.add(segment, ann)
    if known:
        site_projector.catch_up()
    story.add(segment, ann)
    site_projector.catch_up()
    assert unfit(database_url) == {6: "somebody comes to a segment who is there already"}
    assert members(database_url) == [("user-1", 5)]


@pytest.fixture
def priming(database_url: str) -> Iterator[PrimingPool]:
    """What commands are primed from."""
    with priming_pool(database_url, 1) as pool:
        yield pool


@dataclass
class Past:
    """A random past with deletions taken back, and what a naive fold makes of it."""

    events: list[RecordedEvent]
    now: dict[str, dict[str, int]]
    numbers: dict[str, int]
    """Of segments and users, by their ids."""

    def pairs(self) -> list[tuple[str, str]]:
        """Every segment on the site with every user."""
        return [(s, u) for s in self.now for u in self.numbers if u.startswith(USER)]

    def turns(self) -> defaultdict[str, set[int]]:
        """By user: where memberships of theirs began or ended."""
        turns: defaultdict[str, set[int]] = defaultdict(set)
        for recorded in self.events:
            for user in self.of(recorded):
                turns[user].add(recorded.position)
        return turns

    def of(self, recorded: RecordedEvent) -> Collection[str]:
        """Whose memberships an event began or ended."""
        if isinstance(recorded.event, SegmentDeleted):
            return rosters_at(self.events, recorded.position - 1)[recorded.event.segment_id]
        return (
            recorded.event.user_ids
            if isinstance(recorded.event, MembersAdded | MembersRemoved)
            else ()
        )


@pytest.fixture
def past(database_url: str, story: Story, recorder: LogRecorder, site_projector: Projector) -> Past:
    """Such a past, projected."""
    site = Site()
    live(story, site, random.Random(11), 150)
    for segment in site.deleted:
        story.reinstate(segment)
        story.add(segment, *site.users[:4])
    head = site_projector.catch_up()
    events = everything(recorder)
    ids = "SELECT '{}_' || replace(id::text, '-', ''), number FROM read_model.{}"
    query = f"{ids.format(SEGMENT, 'segment_numbers')} UNION ALL {ids.format(USER, 'users')}"
    return Past(events, rosters_at(events, head), dict(rows(database_url, query)))  # type: ignore[arg-type]


def test_commands_are_primed_without_who_went_with_a_segment(
    past: Past, priming: PrimingPool
) -> None:
    """Who of those on the site is in a segment, and in which segments somebody is; uploads, too."""
    users = [user for user in past.numbers if user.startswith(USER)]
    with SiteSnapshots(priming, EventMapper(CATALOGUE)).open() as snapshot:
        for segment, roster in past.now.items():
            known = snapshot.look_up(SegmentId(segment), UserKey.ID, users)
            assert set(known.members) == roster.keys()
        for user in users:
            inside = {segment for segment, roster in past.now.items() if user in roster}
            assert snapshot.segments_of(user) == inside
        numbers = past.numbers
        found = snapshot.memberships([(numbers[s], numbers[u]) for s, u in past.pairs()])
    expected = {(s, u) for s, u in past.pairs() if u in past.now[s]}
    assert found == {(numbers[s], numbers[u]) for s, u in expected}
    assert len(expected) > 10


def test_undos_know_whom_a_deletion_ended_and_every_turn(
    past: Past, priming: PrimingPool, recorder: LogRecorder
) -> None:
    """Of a segment that was deleted several times each time those of that time."""
    snapshots, turns = SiteSnapshots(priming, EventMapper(CATALOGUE)), past.turns()
    deletions = [recorded for recorded in past.events if isinstance(recorded.event, SegmentDeleted)]
    segments = [f.event.segment_id for f in deletions if isinstance(f.event, SegmentDeleted)]
    with snapshots.open() as snapshot:
        ended = [
            snapshot.members_ended_by(segment, recorded.position)
            for segment, recorded in zip(segments, deletions, strict=True)
        ]
        found = snapshot.membership_changes(turns.keys(), 0)
        later = snapshot.membership_changes(turns.keys(), deletions[0].position)
    assert [set(users) for users in ended] == [set(past.of(recorded)) for recorded in deletions]
    assert len(set(segments)) < len(deletions)
    assert sum(map(len, ended)) > 10
    assert {user: set(positions) for user, positions in found.items()} == turns
    assert {p for ps in later.values() for p in ps} == {
        p for ps in turns.values() for p in ps if p > deletions[0].position
    }


async def test_reads_of_somebody_know_of_deletions(
    past: Past, pool: ReadPool, members: MemberReads, segments: SegmentReads
) -> None:
    """Since when they are in, whether, what ended it last; and all that happened to them."""
    head = past.events[-1].position
    audit, turns = AuditReads(pool, pool, EventMapper(CATALOGUE)), past.turns()
    for segment, user in past.pairs():
        pair = past.numbers[segment], past.numbers[user]
        since = past.now[segment].get(user)
        assert await members.since(*pair, None) == since
        assert await members.is_member(*pair) == (since is not None)
    for recorded in past.events:
        if isinstance(recorded.event, SegmentDeleted):
            segment, before = recorded.event.segment_id, recorded.position - 1
            for user, since in rosters_at(past.events, before)[segment].items():
                pair = past.numbers[segment], past.numbers[user]
                assert await members.before(*pair, [recorded.position]) == (
                    since,
                    recorded.position,
                )
                assert await members.since(*pair, before) == since
                assert await members.since(*pair, recorded.position) is None
    for user, positions in turns.items():
        query = LogQuery(user=Somebody(user, past.numbers[user]))
        page = await audit.page(query, PageRequest(1_000))
        found = {recorded.position for recorded in page.rows}
        assert positions == {p for p in found if not _is_own(past.events[p - 1])}
        for as_of in (None, *range(0, head + 1, 7)):
            rosters = past.now if as_of is None else rosters_at(past.events, as_of)
            asked = SegmentQuery(statuses=None, has_member=past.numbers[user], as_of=as_of)
            listed = (await segments.page(asked, PageRequest(1_000))).rows
            assert {view.id for view, _ in listed} == {s for s, r in rosters.items() if user in r}
    assert len(turns) > 5


def _is_own(recorded: RecordedEvent) -> bool:
    return isinstance(recorded.event, UserCreated | UserEdited | UserErased)
