"""deleteUserSegment: off the site for good, for a reason; what happened stays told."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal
from domain.kernel.rejections import RejectionCode
from tests.domain.given import Given
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.segments.commands import by_code, by_id, create, delete, update
from tests.domain.segments.events import A, B, archived, created, deleted, edited
from tests.ids import text_id

NOT_FOUND = RejectionCode.NOT_FOUND


@pytest.mark.parametrize("who", [ANONYMOUS, AUDITOR, LEARNER, TRAINER], ids=lambda who: who.id)
def test_anonymous_and_wrong_roles_are_refused(given: Given, who: Principal) -> None:
    """Not even a training manager deletes segments."""
    given(created(A)).when(delete(by_id(A)), by=who).then_refused(RejectionCode.FORBIDDEN)


def test_site_admins_delete(given: Given) -> None:
    """Only they do."""
    given(created(A)).when(delete(by_id(A)), by=ADMIN).then(deleted(A, 2))


def test_the_event_says_what_it_had_at_the_end(given: Given) -> None:
    """Its last name and code, and, as every event, its version."""
    story = given(created(A, code="s"), edited(A, 2, name=("Sales", "Old"), code=("s", "t")))
    story.when(delete(by_id(A))).then(deleted(A, 3, name="Old", code="t"))


def test_the_reason_is_recorded_with_it(given: Given) -> None:
    """In the words of whoever deleted it."""
    story = given(created(A)).when(delete(by_id(A)), reason=" Merged. ").then(deleted(A, 2))
    assert story.recorded(after=1)[0].envelope.reason == "Merged."


@pytest.mark.parametrize("reason", ["", "  \n "], ids=text_id)
def test_a_deletion_needs_a_reason(given: Given, reason: str) -> None:
    """A blank one is none."""
    story = given(created(A))
    answer = story.when(delete(by_id(A)), reason=reason)
    answer.then_refused(RejectionCode.INVALID, path=("reason",))


def test_an_archived_segment_can_be_deleted(given: Given) -> None:
    """It need not be restored first."""
    given(created(A, code="s"), archived(A, 2)).when(delete(by_code("S"))).then(
        deleted(A, 3, code="s")
    )


def test_a_deleted_segment_is_not_found(given: Given) -> None:
    """A second deletion finds nothing, neither by id nor by code."""
    story = given(created(A, code="s")).when(delete(by_id(A))).then(deleted(A, 2, code="s"))
    for ref, how in ((by_id(A), "id"), (by_id(B), "id"), (by_code("s"), "code")):
        story.when(delete(ref)).then_refused(NOT_FOUND, path=("segment", how))


def test_its_code_is_free_at_once(given: Given) -> None:
    """For a new segment and for an old one; the code then names that one."""
    story = given(created(A, code="s"), created(B))
    story = story.when(delete(by_code("s"))).then(deleted(A, 2, code="s"))
    story = story.when(update(by_id(B), code="S")).then(edited(B, 2, code=(None, "S")))
    story.when(delete(by_code("s"))).then(deleted(B, 3, code="S"))


def test_a_deletion_frees_only_the_code_that_it_had_at_the_end(given: Given) -> None:
    """A code that it gave up earlier may long be another's."""
    story = given(created(A, code="s"), edited(A, 2, code=("s", "t")), created(B, code="s"))
    story = story.when(delete(by_code("t"))).then(deleted(A, 3, code="t"))
    story.when(create(code="s")).then_refused(RejectionCode.CODE_TAKEN, path=("code",), held_by=B)


def test_another_version_than_expected_is_a_conflict(given: Given) -> None:
    """Nobody deletes what has become something else since they looked."""
    story = given(created(A), edited(A, 2, name=("Sales", "x")))
    story.when(delete(by_id(A), 1)).then_refused(
        RejectionCode.VERSION_CONFLICT,
        path=("expectedVersion",),
        entity_id=A,
        expected=1,
        current=2,
    )
    story.when(delete(by_id(A), 2)).then(deleted(A, 3, name="x"))


def test_the_same_again_gives_the_first_result(given: Given) -> None:
    """Not NOT_FOUND; also when another segment has the code by now."""
    story = given(created(A, code="s"))
    story = story.when(delete(by_code("s")), command_id="c-1").then(deleted(A, 2, code="s"))
    story = story.and_then(created(B, code="s"))
    again = story.when(delete(by_code("S")), command_id="c-1")
    again.then_repeated(deleted(A, 2, code="s"), position=2)


def test_another_reason_under_the_same_id_is_refused(given: Given) -> None:
    """A reason is content, too."""
    story = given(created(A))
    story = story.when(delete(by_id(A)), reason="x", command_id="c-1").then(deleted(A, 2))
    story.when(delete(by_id(A)), reason="y", command_id="c-1").then_refused(
        RejectionCode.COMMAND_REUSED, path=("commandId",)
    )


def test_a_refused_deletion_leaves_its_id_free(given: Given) -> None:
    """The reason can be handed in under the same id."""
    story = (
        given(created(A))
        .when(delete(by_id(A)), reason="", command_id="c-1")
        .then_refused(RejectionCode.INVALID, path=("reason",))
    )
    story.when(delete(by_id(A)), command_id="c-1").then(deleted(A, 2))
