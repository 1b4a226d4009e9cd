"""Whatever a command did, its undo brings the site back to where it was, and so on."""

from __future__ import annotations

import itertools
import random
from typing import Any

from tests.forms import short_and_long
from tests.graph.undo.undo_client import UndoClient

PEOPLE = ("ann", "bo", "cy")
Deed = tuple[str, dict[str, Any]]


def _deed(chance: random.Random, number: int) -> Deed:
    """Some command; whether it can be done is for the site to say."""
    code = chance.choice(["sales", "new", "x", "y"])
    ref = {"segment": {"code": code}}
    user = {"user": {"username": chance.choice(PEOPLE)}}
    users = {"usernames": chance.sample(PEOPLE, chance.randint(1, 3))}
    segment = {"name": f"N{number}", "code": code, "description": chance.choice(["", "D"])}
    deeds: list[Deed] = [
        ("createUserSegment", segment),
        ("updateUserSegment", {**ref, "code": chance.choice(["new", "x", None]), "name": "R"}),
        ("updateUserSegment", {**ref, "visible": chance.random() < 0.5}),
        ("archiveUserSegment", ref),
        ("restoreUserSegment", ref),
        ("deleteUserSegment", {**ref, "reason": "R"}),
        ("addUsersToSegment", {**ref, "users": users}),
        ("addUsersToSegment", {**ref, "users": users}),
        ("removeUsersFromSegment", {**ref, "users": users}),
        ("updateUser", {**user, "lastName": f"L{number}", "code": chance.choice(["1", None])}),
        ("updateUser", {**user, "status": chance.choice(["ACTIVE", "SUSPENDED"])}),
        ("assignRoles", {**user, "roles": chance.sample(["AUDITOR", "LEARNER"], 1)}),
    ]
    return chance.choice(deeds)


@short_and_long("wanted", 12, 70)
async def test_an_undo_leads_back_and_its_undo_forth(
    hand: UndoClient, chance: random.Random, wanted: int
) -> None:
    """For commands in any order, until so many changed something; the others are passed over."""
    numbers, tried = itertools.count(), 0
    before = await hand.site()
    while tried < wanted:
        done = await hand.ask.command(*_deed(chance, next(numbers)))
        after = await hand.site()
        if not done["errors"] and after != before:
            tried += 1
            undone = await hand.undo_all(done)
            assert await hand.site() == before
            if chance.random() < 0.7:
                await hand.undo_all(undone)
                assert await hand.site() == after
        before = await hand.site()
    assert tried == wanted
