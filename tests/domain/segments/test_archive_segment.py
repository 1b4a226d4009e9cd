"""archiveUserSegment: put away until restored; nothing of it is lost."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal
from domain.kernel.rejections import RejectionCode
from tests.domain.given import Given
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.segments.commands import archive, by_code, by_id, restore
from tests.domain.segments.events import A, B, archived, created, deleted, edited, restored


@pytest.mark.parametrize("who", [ANONYMOUS, AUDITOR, LEARNER], ids=lambda who: who.id)
def test_anonymous_and_wrong_roles_are_refused(given: Given, who: Principal) -> None:
    """Neither an auditor nor a learner nor anybody without a role archives segments."""
    given(created(A)).when(archive(by_id(A)), by=who).then_refused(RejectionCode.FORBIDDEN)


@pytest.mark.parametrize("who", [ADMIN, TRAINER], ids=lambda who: who.id)
def test_site_admins_and_training_managers_archive(given: Given, who: Principal) -> None:
    """Each of the two roles is enough."""
    given(created(A)).when(archive(by_id(A)), by=who).then(archived(A, 2))


def test_archiving_an_archived_segment_changes_nothing(given: Given) -> None:
    """It is done already, at the version that it has."""
    given(created(A), archived(A, 2)).when(archive(by_id(A), 2)).then_nothing()


def test_a_restored_segment_can_be_archived_again(given: Given) -> None:
    """The version counts on."""
    given(created(A), archived(A, 2), restored(A, 3)).when(archive(by_id(A))).then(archived(A, 4))


def test_a_segment_is_named_by_its_code(given: Given) -> None:
    """In any spelling; the code's present owner is meant."""
    story = given(created(A, code="s"), edited(A, 2, code=("s", None)), created(B, code="S"))
    story.when(archive(by_code(" s "))).then(archived(B, 2))


def test_an_unknown_or_deleted_segment_is_not_found(given: Given) -> None:
    """The path says how it was named."""
    story = given(created(A, code="s"), deleted(A, 2, code="s"))
    for ref, how in ((by_id(A), "id"), (by_id(B), "id"), (by_code("s"), "code")):
        story.when(archive(ref)).then_refused(RejectionCode.NOT_FOUND, path=("segment", how))


def test_another_version_than_expected_is_a_conflict(given: Given) -> None:
    """Also on a segment that is archived already."""
    story = given(created(A), archived(A, 2))
    story.when(archive(by_id(A), 1)).then_refused(
        RejectionCode.VERSION_CONFLICT,
        path=("expectedVersion",),
        entity_id=A,
        expected=1,
        current=2,
    )
    story.when(archive(by_id(A), 2)).then_nothing()


def test_the_same_again_gives_the_first_result(given: Given) -> None:
    """Also when the segment was restored since."""
    story = given(created(A)).when(archive(by_id(A)), command_id="c-1").then(archived(A, 2))
    story = story.when(restore(by_id(A))).then(restored(A, 3))
    story.when(archive(by_id(A)), command_id="c-1").then_repeated(archived(A, 2), position=2)


def test_other_content_under_the_same_id_is_refused(given: Given) -> None:
    """Another segment is other content."""
    story = given(created(A), created(B))
    story = story.when(archive(by_id(A)), command_id="c-1").then(archived(A, 2))
    story.when(archive(by_id(B)), command_id="c-1").then_refused(
        RejectionCode.COMMAND_REUSED, path=("commandId",)
    )


def test_a_command_that_changed_nothing_leaves_its_id_free(given: Given) -> None:
    """For another segment, for one."""
    story = given(created(A), archived(A, 2), created(B))
    story = story.when(archive(by_id(A)), command_id="c-1").then_nothing()
    story.when(archive(by_id(B)), command_id="c-1").then(archived(B, 2))
