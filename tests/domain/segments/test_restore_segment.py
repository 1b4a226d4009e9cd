"""restoreUserSegment: out of the archive, as it was."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal
from domain.kernel.rejections import RejectionCode
from tests.domain.given import Given
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.segments.commands import archive, by_code, by_id, restore
from tests.domain.segments.events import A, B, archived, created, deleted, restored


@pytest.mark.parametrize("who", [ANONYMOUS, AUDITOR, LEARNER], ids=lambda who: who.id)
def test_anonymous_and_wrong_roles_are_refused(given: Given, who: Principal) -> None:
    """Neither an auditor nor a learner nor anybody without a role restores segments."""
    story = given(created(A), archived(A, 2))
    story.when(restore(by_id(A)), by=who).then_refused(RejectionCode.FORBIDDEN)


@pytest.mark.parametrize("who", [ADMIN, TRAINER], ids=lambda who: who.id)
def test_site_admins_and_training_managers_restore(given: Given, who: Principal) -> None:
    """Each of the two roles is enough."""
    given(created(A), archived(A, 2)).when(restore(by_id(A)), by=who).then(restored(A, 3))


def test_restoring_an_active_segment_changes_nothing(given: Given) -> None:
    """One that never was archived, and one that was restored already."""
    story = given(created(A)).when(restore(by_id(A))).then_nothing()
    story.and_then(archived(A, 2), restored(A, 3)).when(restore(by_id(A), 3)).then_nothing()


def test_an_archived_segment_is_named_by_the_code_that_it_kept(given: Given) -> None:
    """In any spelling."""
    story = given(created(A, code="s"), archived(A, 2))
    story.when(restore(by_code("S"))).then(restored(A, 3))


def test_an_unknown_or_deleted_segment_is_not_found(given: Given) -> None:
    """What was deleted while archived does not come back."""
    story = given(created(A, code="s"), archived(A, 2), deleted(A, 3, code="s"))
    for ref, how in ((by_id(A), "id"), (by_id(B), "id"), (by_code("s"), "code")):
        story.when(restore(ref)).then_refused(RejectionCode.NOT_FOUND, path=("segment", how))


def test_another_version_than_expected_is_a_conflict(given: Given) -> None:
    """Also on a segment that is active already."""
    story = given(created(A), archived(A, 2))
    story.when(restore(by_id(A), 1)).then_refused(
        RejectionCode.VERSION_CONFLICT,
        path=("expectedVersion",),
        entity_id=A,
        expected=1,
        current=2,
    )
    story.when(restore(by_id(A), 2)).then(restored(A, 3)).when(restore(by_id(A), 2)).then_refused(
        RejectionCode.VERSION_CONFLICT,
        path=("expectedVersion",),
        entity_id=A,
        expected=2,
        current=3,
    )


def test_the_same_again_gives_the_first_result(given: Given) -> None:
    """Also when the segment was archived again since."""
    story = given(created(A), archived(A, 2))
    story = story.when(restore(by_id(A)), command_id="c-1").then(restored(A, 3))
    story = story.when(archive(by_id(A))).then(archived(A, 4))
    story.when(restore(by_id(A)), command_id="c-1").then_repeated(restored(A, 3), position=3)


def test_another_command_under_the_same_id_is_refused(given: Given) -> None:
    """The same segment and the same input, but the opposite wish."""
    story = given(created(A), archived(A, 2))
    story = story.when(restore(by_id(A)), command_id="c-1").then(restored(A, 3))
    story.when(archive(by_id(A)), command_id="c-1").then_refused(
        RejectionCode.COMMAND_REUSED, path=("commandId",)
    )


def test_a_command_that_changed_nothing_leaves_its_id_free(given: Given) -> None:
    """The same command may do something later under that id."""
    story = given(created(A)).when(restore(by_id(A)), command_id="c-1").then_nothing()
    story = story.and_then(archived(A, 2))
    story.when(restore(by_id(A)), command_id="c-1").then(restored(A, 3))
