"""Random histories of people, segments and rosters, and what a naive fold makes of them."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field

from domain.kernel.principal import Role
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.values import UserStatus
from domain.segments.events import SegmentCreated, SegmentDeleted, SegmentReinstated
from tests.projections.story import Story

FIRST = ("Ann", "Bo", "Zoë", "ann", "Émile")
LAST = ("Smith", "Berg", "Ångström", "smith", "Team 2", "Team 10")


@dataclass
class Site:
    """What is so at the end of a story: who is there, and who is in what."""

    users: list[str] = field(default_factory=list)
    suspended: set[str] = field(default_factory=set)
    rosters: dict[str, set[str]] = field(default_factory=dict)
    deleted: dict[str, set[str]] = field(default_factory=dict)


def live(story: Story, site: Site, chance: random.Random, steps: int) -> None:
    """A story goes on for some steps, each of which is possible."""
    deeds = (
        [_join] * 5 + [_leave] * 4 + [_found] * 2 + [_arrive] * 3 + [_edit, _end, _end, _back, _go]
    )
    for _ in range(steps):
        chance.choice(deeds)(story, site, chance)


def _arrive(story: Story, site: Site, chance: random.Random) -> None:
    roles = chance.sample(list(Role), chance.randrange(3))
    site.users.append(story.user(chance.choice(FIRST), chance.choice(LAST), roles=roles))


def _found(story: Story, site: Site, chance: random.Random) -> None:
    site.rosters[story.segment(f"Segment {chance.randrange(20)}")] = set()


def _join(story: Story, site: Site, chance: random.Random) -> None:
    if site.rosters:
        segment = chance.choice(list(site.rosters))
        outside = [user for user in site.users if user not in site.rosters[segment]]
        users = chance.sample(outside, chance.randint(0, len(outside)))
        if users:
            site.rosters[segment].update(users)
            story.add(segment, *users)


def _leave(story: Story, site: Site, chance: random.Random) -> None:
    if site.rosters:
        segment = chance.choice(list(site.rosters))
        inside = sorted(site.rosters[segment])
        users = chance.sample(inside, chance.randint(0, len(inside)))
        if users:
            site.rosters[segment].difference_update(users)
            story.remove(segment, *users)


def _edit(story: Story, site: Site, chance: random.Random) -> None:
    if site.users:
        user, status = chance.choice(site.users), None
        if chance.random() < 0.5:
            status = UserStatus.ACTIVE if user in site.suspended else UserStatus.SUSPENDED
            site.suspended.symmetric_difference_update({user})
        code = f"code-{story.position}"
        story.edit(user, status, last_name=f"{chance.choice(LAST)} Edited", code=code)


def _end(story: Story, site: Site, chance: random.Random) -> None:
    if site.rosters:
        segment = chance.choice(list(site.rosters))
        site.deleted[segment] = site.rosters.pop(segment)
        story.delete(segment)


def _back(story: Story, site: Site, chance: random.Random) -> None:
    """A deletion is taken back: some who were in are in again, others are not any more."""
    if site.deleted:
        segment = chance.choice(list(site.deleted))
        before = sorted(site.deleted.pop(segment) & set(site.users))
        users = chance.sample(before, chance.randint(0, len(before)))
        site.rosters[segment] = set(users)
        story.reinstate(segment)
        if users:
            story.add(segment, *users)


def _go(story: Story, site: Site, chance: random.Random) -> None:
    if site.users:
        user = chance.choice(site.users)
        site.users.remove(user)
        for segment, roster in site.rosters.items():
            if user in roster:
                roster.remove(user)
                story.remove(segment, user)
        story.erase(user)


def rosters_at(events: list[RecordedEvent], position: int) -> dict[str, dict[str, int]]:
    """Of each segment on the site at a position who was in, and since which position."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for recorded in events:
        if recorded.position > position:
            break
        event = recorded.event
        if isinstance(event, SegmentCreated | SegmentReinstated):
            found[event.segment_id] = {}
        elif isinstance(event, SegmentDeleted):
            del found[event.segment_id]
        elif isinstance(event, MembersAdded):
            found[event.segment_id] |= dict.fromkeys(event.user_ids, recorded.position)
        elif isinstance(event, MembersRemoved):
            for user in event.user_ids:
                del found[event.segment_id][user]
    return dict(found)
