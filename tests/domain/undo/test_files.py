"""Undoing whole files, as the one command that each of them is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.kernel.principal import Role
from tests.domain.given import Given, Story
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import (
    ANN,
    BO,
    added,
    altered,
    assigned,
    person,
    removed,
)
from tests.domain.segments.events import A, archived, created, deleted, edited
from tests.domain.undo.commands import site_of, undo
from tests.domain.uploads import commands as uploads
from tests.domain.uploads.commands import Upload

MOVED = "It changed the membership of one of these users since."
CLOSED = "The members of the segment do not change any more."
KEPT = "They stay in a segment that the command put them into."
NEW_SEGMENT = uploads.new_segment(1)
NEW_USER = uploads.new_user(1)

BEFORE = (created(A, code="sales"), added(ANN), added(BO), joined(A, ANN))
SEGMENTS = "name,code,visible\nShops,sales,no\nNew,new,yes\n"
MEMBERS = "username,segment\nann,sales\nbo,sales\n"
USERS = (
    "username,email,firstname,lastname,roles,cohort1\n"
    "bo,bo@example.test,Bob,Smith,auditor,sales\n"
    "cy,cy@example.test,Cy,Smith,,sales\n"
)


def _segments() -> Upload:
    return uploads.segments(SEGMENTS, existing=uploads.UPDATE)


def _members() -> Upload:
    return uploads.members(MEMBERS, existing=uploads.UPDATE)


def _users() -> Upload:
    return uploads.users(USERS, existing=uploads.UPDATE)


def _uploaded(given: Given, build: Callable[[], Upload]) -> Story:
    """The story after a file, whose command is `file`."""
    answer = given(*BEFORE).when(build(), command_id="file")
    assert answer.outcome is not None
    assert answer.outcome.events
    return answer.story


@pytest.mark.parametrize(
    "build", [_segments, _members, _users], ids=["segments", "members", "users"]
)
def test_the_site_is_as_it_was_and_as_it_was_before_that(
    given: Given, build: Callable[[], Upload]
) -> None:
    """After an undo, after the undo of that, and so on."""
    story = given(*BEFORE)
    before = site_of(story)
    story.when(build(), command_id="file")
    after = site_of(story)
    assert after != before
    done, seen = "file", []
    for undoing in ("undo-1", "undo-2", "undo-3", "undo-4"):
        assert undo(story, done, command_id=undoing).conflicts == []
        seen.append(site_of(story))
        done = undoing
    assert seen == [before, after, before, after]


def test_segments_of_a_file_go_and_are_as_they_were(given: Given) -> None:
    """From the last row to the first."""
    undo(_uploaded(given, _segments), "file").then(
        deleted(NEW_SEGMENT, 2, name="New", code="new"),
        edited(A, 3, name=("Shops", "Sales"), visible=(False, True)),
    )


def test_who_was_a_member_before_stays_one(given: Given) -> None:
    """Ann was: her row changed nothing."""
    undo(_uploaded(given, _members), "file").then(left(A, BO))


def test_people_of_a_file_leave_segments_before_the_site(given: Given) -> None:
    """Who was there before is as they were. A file records first whom it creates."""
    bob = person("bo", first_name="Bob")
    undo(_uploaded(given, _users), "file").then(
        left(A, BO, NEW_USER),
        assigned(BO, 4, [Role.AUDITOR], []),
        altered(BO, 5, bob, first_name="Bo"),
        removed(NEW_USER, 2, person("cy")),
    )


def test_whom_others_moved_since_stay_and_with_them_who_they_are(given: Given) -> None:
    """Cy was taken out by another command: that would be lost."""
    story = _uploaded(given, _users)
    out = left(A, NEW_USER)
    lost = "It came after the user, and would be lost with them."
    undone = undo(story.and_then(out), "file").with_conflicts((out, lost), (out, MOVED))
    bob = person("bo", first_name="Bob")
    undone.then(
        left(A, BO), assigned(BO, 4, [Role.AUDITOR], []), altered(BO, 5, bob, first_name="Bo")
    )


def test_who_has_to_stay_in_a_segment_stays_on_the_site(given: Given) -> None:
    """The rest of the file is undone."""
    closing = archived(A, 2)
    undone = undo(_uploaded(given, _users).and_then(closing), "file")
    bob = person("bo", first_name="Bob")
    came = added(NEW_USER, person("cy"))
    undone.with_conflicts((came, KEPT), (closing, CLOSED)).then(
        assigned(BO, 4, [Role.AUDITOR], []), altered(BO, 5, bob, first_name="Bo")
    )
