"""Membership plans: who joins one segment, in as many events as it takes."""

from __future__ import annotations

from uuid import UUID

from domain.memberships.events import MAX_USERS_PER_EVENT
from domain.uploads.membership_plan import NewMembers


def user(number: int) -> str:
    """The id of somebody."""
    return f"user_{UUID(int=number).hex}"


def test_they_join_in_the_order_of_their_rows() -> None:
    """Each with the row that names them; those who are in are known, but do not join."""
    new_members = NewMembers()
    new_members.add(7, user(7), 2)
    new_members.skip(8)
    new_members.add(-9, user(2**128 - 1), 3)
    assert [new_members.knows(key) for key in (7, 8, -9, 9)] == [True, True, True, False]
    assert list(new_members.batches()) == [((user(7), user(2**128 - 1)), (2, 3))]


def test_a_event_speaks_of_some_thousands() -> None:
    """What is more stands in the next one."""
    new_members = NewMembers()
    for number in range(MAX_USERS_PER_EVENT + 1):
        new_members.add(number, user(number), number + 2)
    first, second = new_members.batches()
    assert [len(part) for part in first] == [MAX_USERS_PER_EVENT] * 2
    assert second == ((user(MAX_USERS_PER_EVENT),), (MAX_USERS_PER_EVENT + 2,))


def test_nobody_joins_in_no_event() -> None:
    """When all were in already."""
    new_members = NewMembers()
    new_members.skip(1)
    assert list(new_members.batches()) == []
