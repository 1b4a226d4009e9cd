"""Pages of large lists are walked to or gathered, whichever is little work."""

from __future__ import annotations

import re

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from domain.people.values import UserStatus
from projections.memberships.difference import Difference
from projections.memberships.members_query import MembersQuery
from projections.memberships.reads import MemberReads
from projections.people.query import UserQuery
from projections.people.reads import UserReads
from projections.segments.query import SegmentOrder, SegmentQuery
from projections.segments.reads import SegmentReads
from projections.sql import listing
from projections.sql.paging import PageRequest
from tests.projections.engine.plans import Noting
from tests.projections.rebuilt import projector

MANY = 30_000
FEW = 50
ALL_IN, FEW_IN, NEW = 1, 2, 3
SIZE = 25

FILL = (
    """
    INSERT INTO read_model.segments (
        number, from_position, id, name, name_key, code, code_key, code_sort, description, visible,
        status, source, version, created_at, created_by, updated_at, updated_by, search
    )
    SELECT n, n, gen_random_uuid(), 'Segment', sha256(n::text::bytea), NULL, NULL, '\\xff', '',
        true, 'active', 'manual', 1, now() + n * interval '1 s', 'system',
        now() - n * interval '1 s', 'system', 'segment ' || n
    FROM generate_series(1, {many}) AS n
    """,
    """
    INSERT INTO read_model.past_segment_states
    SELECT n, 0, id, name, name_key, code, code_key, code_sort, description, visible, status,
        source, 1, created_at, created_by, updated_at, updated_by, search, from_position
    FROM read_model.segments, LATERAL (SELECT number AS n) AS same
    """,
    "INSERT INTO read_model.rosters SELECT n, n % 7, n FROM generate_series(3, {many}) AS n",
    "INSERT INTO read_model.rosters VALUES ({all_in}, {many}, 1), ({few_in}, {few}, 1)",
    """
    INSERT INTO read_model.users (
        number, id, username, email, email_key, first_name, last_name, code, code_key, name_key,
        status, roles, version, created_at, updated_at, search, username_hash, email_hash, code_hash
    )
    SELECT n, gen_random_uuid(), 'user-' || n, '', 'user-' || n, 'Ann', 'Smith', NULL, NULL,
        CASE WHEN n % 10 = 0 THEN ''::bytea ELSE sha256(n::text::bytea) END,
        CASE WHEN n % 10 = 0 THEN 'erased' WHEN n % 1000 = 1 THEN 'suspended' ELSE 'active' END,
        CASE WHEN n % 1000 = 2 THEN ARRAY['auditor'] ELSE ARRAY[]::text[] END, 1, now(), now(),
        CASE WHEN n % 10 = 0 THEN '' ELSE 'ann smith user-' || n END, 'u' || n, 'e' || n, NULL
    FROM generate_series(1, {many}) AS n
    """,
    """
    INSERT INTO read_model.open_memberships SELECT {all_in}, n, 1 FROM generate_series(1, {many}) n
    UNION ALL SELECT {new}, n, 9 FROM generate_series(1, {many}) n
    UNION ALL SELECT {few_in}, n, 1 FROM generate_series(1, {few}) n
    """,
    "INSERT INTO read_model.roster_ends SELECT n, 20 FROM generate_series(4, {many}) AS n",
    "INSERT INTO read_model.roster_changes VALUES (1, {all_in}, now(), 'system', 'manual')",
    "VACUUM ANALYZE",
)


@pytest.fixture(scope="module")
def large(shared_database_url: str) -> str:
    """The URL of a site of many users, a tenth of them erased, and many segments."""
    with projector(shared_database_url) as live:
        live.catch_up()  # makes the indexes
    with psycopg.connect(shared_database_url, autocommit=True) as owner:
        for statement in FILL:
            filled = statement.format(many=MANY, few=FEW, all_in=ALL_IN, few_in=FEW_IN, new=NEW)
            owner.execute(filled.encode())
    return shared_database_url


@pytest.fixture
def database_url(large: str) -> str:
    """What is read here."""
    return large


@pytest.mark.parametrize("order", list(SegmentOrder))
async def test_the_list_of_segments_is_walked_by_the_index_of_its_order(
    large: str, segments: SegmentReads, order: SegmentOrder
) -> None:
    """The first page and the next, rising and falling: nothing is sorted, nothing read through."""
    segments._database = notes = Noting(segments._database)
    for descending in (False, True):
        query = SegmentQuery(order=order, descending=descending)
        page = await segments.page(query, PageRequest(SIZE))
        await segments.page(query, PageRequest(SIZE, after=page.rows[-1][1]))
    table = "rosters" if order is SegmentOrder.MEMBER_COUNT else "segments"
    plans = notes.plans(large)
    assert len(plans) == 4
    for plan in plans:
        assert f"using {table}_by_{order.name.lower()}" in plan
        assert "Sort" not in plan
        assert "Seq Scan" not in plan


@pytest.mark.parametrize("position", [1, MANY // 2, MANY])
async def test_the_list_of_a_moment_passes_nothing_over_that_was_long_before_or_after(
    large: str, segments: SegmentReads, position: int
) -> None:
    """Though each segment has a state that has ended, which stands in the same order."""
    segments._database = notes = Noting(segments._database)
    page = await segments.page(SegmentQuery(as_of=position), PageRequest(SIZE))
    assert len(page.rows) == SIZE
    (plan,) = notes.plans(large, "ANALYZE")
    passed = [int(n) for n in re.findall(r"Rows Removed by Filter: (\d+)", plan)]
    assert sum(passed) <= 4 * SIZE, plan


async def test_who_is_new_is_met_on_a_walk_or_joined(
    large: str, members: MemberReads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many they are: a subplan that does not fit into memory would be read through once for
    each person of the directory. They are looked up one by one on the walk, counted without it, and
    looked up for the page only.
    """
    monkeypatch.setattr(listing, "NEAR", SIZE)  # whose last are met nowhere near
    members._database = notes = Noting(members._database)
    difference = Difference(segment=NEW, there=10, absent=5)
    assert len((await members.difference(difference, PageRequest(SIZE))).rows) == SIZE
    assert await members.difference_count(difference) == MANY
    little = make_conninfo(large, options="-c work_mem=64kB")
    *_, candidates, near, joined, _, _, count = notes.plans(little)
    assert "hashed SubPlan" not in near
    assert "SubPlan" not in joined + count
    assert "using users_by_name" in near
    assert "using users_pkey" in joined
    assert "users" not in candidates + count


async def test_the_directory_is_walked_by_name_past_those_without_one(
    large: str, users: UserReads
) -> None:
    """Who was erased is not even looked at."""
    users._database = notes = Noting(users._database)
    page = await users.page(UserQuery(), PageRequest(SIZE))
    await users.page(UserQuery(), PageRequest(SIZE, after=page.rows[-1][1]))
    await users.page(UserQuery(search="a"), PageRequest(SIZE))
    assert len(notes.asked) == 3  # the last was answered by one walk of a few rows
    for plan in notes.plans(large):
        assert "using users_by_name on users" in plan
        assert "Index Cond: (ROW(name_key, id) >" in plan
        assert "Seq Scan" not in plan


async def test_filters_and_searches_of_few_use_their_indexes(large: str, users: UserReads) -> None:
    """In one question each, and another one for where a segment was last deleted."""
    suspended = frozenset({UserStatus.SUSPENDED})
    for query, index in (
        (UserQuery(search="user-777"), "users_by_search"),
        (UserQuery(statuses=suspended), "users_suspended_by_name"),
        (UserQuery(search="user-777", not_in_segment=FEW_IN), "users_by_search"),
    ):
        users._database = notes = Noting(users._database)
        assert (await users.page(query, PageRequest(SIZE))).rows
        *before, plan = notes.plans(large)
        assert index in plan
        assert "Seq Scan" not in plan
        assert len(before) == (query.not_in_segment is not None)


async def test_a_large_roster_is_walked_by_name_each_probed(
    large: str, members: MemberReads
) -> None:
    """The count, where it was last deleted, the page, and what the memberships came by."""
    members._database = notes = Noting(members._database)
    assert len((await members.page(MembersQuery(segment=ALL_IN), PageRequest(SIZE))).rows) == SIZE
    count, deletion, page, since = notes.plans(large)
    assert "using users_by_name on users" in page
    assert "using open_memberships_pkey on open_memberships" in page
    assert "Seq Scan" not in page
    assert "rosters_pkey" in count
    assert "roster_ends_pkey" in deletion
    assert "roster_changes" in since


async def test_a_small_roster_is_gathered_by_number(large: str, members: MemberReads) -> None:
    """However many people there are beside its members."""
    members._database = notes = Noting(members._database)
    assert len((await members.page(MembersQuery(segment=FEW_IN), PageRequest(SIZE))).rows) == SIZE
    assert await members.count(MembersQuery(segment=FEW_IN, search="smith")) == FEW - FEW // 10
    plans = notes.plans(large)
    for plan in (plans[2], plans[6]):
        assert "users_pkey" in plan
        assert "Seq Scan" not in plan
