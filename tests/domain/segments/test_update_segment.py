"""updateUserSegment: only what is given changes, in one event that says before and after."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal
from domain.kernel.rejections import RejectionCode
from tests.domain.given import Given
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.segments.commands import by_code, by_id, update
from tests.domain.segments.events import A, B, archived, created, deleted, edited, restored

INVALID, CODE_TAKEN = RejectionCode.INVALID, RejectionCode.CODE_TAKEN
NOT_FOUND, VERSION_CONFLICT = RejectionCode.NOT_FOUND, RejectionCode.VERSION_CONFLICT


@pytest.mark.parametrize("who", [ANONYMOUS, AUDITOR, LEARNER], ids=lambda who: who.id)
def test_anonymous_and_wrong_roles_are_refused(given: Given, who: Principal) -> None:
    """Neither an auditor nor a learner nor anybody without a role edits segments."""
    story = given(created(A))
    story.when(update(by_id(A), name="Sellers"), by=who).then_refused(RejectionCode.FORBIDDEN)


def test_a_wrong_role_does_not_learn_what_exists(given: Given) -> None:
    """The role is looked at before the segment."""
    given().when(update(by_id(A), name="x"), by=LEARNER).then_refused(RejectionCode.FORBIDDEN)


@pytest.mark.parametrize("who", [ADMIN, TRAINER], ids=lambda who: who.id)
def test_site_admins_and_training_managers_edit(given: Given, who: Principal) -> None:
    """Each of the two roles is enough."""
    answer = given(created(A)).when(update(by_id(A), name="Sellers"), by=who)
    answer.then(edited(A, 2, name=("Sales", "Sellers")))


# ---------------------------------------------------------------- what changes


@pytest.mark.parametrize(
    ("given_fields", "changes"),
    [
        ({"name": " Sellers "}, {"name": ("Sales", "Sellers")}),
        ({"code": "t"}, {"code": ("s", "t")}),
        ({"code": None}, {"code": ("s", None)}),
        ({"code": "  "}, {"code": ("s", None)}),
        ({"description": "new"}, {"description": ("old", "new")}),
        ({"description": None}, {"description": ("old", "")}),
        ({"visible": False}, {"visible": (True, False)}),
    ],
    ids=[
        "name",
        "code",
        "code null",
        "code blank",
        "description",
        "description null",
        "visible",
    ],
)
def test_only_given_fields_change(
    given: Given, given_fields: dict[str, Any], changes: dict[str, Any]
) -> None:
    """The event holds each changed field's before and after, no other; null clears or empties."""
    story = given(created(A, code="s", description="old"))
    story.when(update(by_id(A), **given_fields)).then(edited(A, 2, **changes))


def test_several_fields_change_in_one_event(given: Given) -> None:
    """One command, one event, one version more; what is given but the same is not in it."""
    story = given(created(A, name="Sales", code="s"))
    answer = story.when(update(by_id(A), name="Sellers", code="t", visible=True))
    story = answer.then(edited(A, 2, name=("Sales", "Sellers"), code=("s", "t")))
    story.when(update(by_id(A), name="Sales")).then(edited(A, 3, name=("Sellers", "Sales")))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "  Sales"},
        {"code": " s "},
        {"description": "old"},
        {"visible": True},
        {"name": "Sales", "code": "s", "description": "old", "visible": True},
    ],
    ids=["nothing", "name", "code", "description", "visible", "all"],
)
def test_a_command_that_changes_nothing_records_nothing(
    given: Given, fields: dict[str, Any]
) -> None:
    """It is done all the same, and says where the log stands."""
    story = given(created(A, code="s", description="old"), created(B))
    story.when(update(by_id(A), **fields)).then_nothing()


def test_null_where_there_must_be_a_value_is_invalid(given: Given) -> None:
    """A name and a visibility cannot be taken away; both are reported at once."""
    story = given(created(A))
    answer = story.when(lambda: update(by_id(A), name=None, visible=None))
    answer.then_refused_for((INVALID, ("name",)), (INVALID, ("visible",)))


def test_all_bad_fields_are_reported_at_once(given: Given) -> None:
    """The rules of the fields are those of a creation."""
    bad: dict[str, Any] = {"name": "a\nb", "code": "c" * 101, "description": "d" * 10_001}
    answer = given(created(A)).when(lambda: update(by_id(A), **bad))
    answer.then_refused_for(*((INVALID, (field,)) for field in bad))


# ---------------------------------------------------------------- which segment


def test_an_unknown_segment_is_not_found(given: Given) -> None:
    """The path says how it was named."""
    story = given(created(A, code="s"))
    story = story.when(update(by_id(B), name="x")).then_refused(NOT_FOUND, path=("segment", "id"))
    story.when(update(by_code("t"), name="x")).then_refused(NOT_FOUND, path=("segment", "code"))


def test_a_deleted_segment_is_not_found(given: Given) -> None:
    """Neither by its id nor by the code that it had."""
    story = given(created(A, code="s"), deleted(A, 2, code="s"))
    story = story.when(update(by_id(A), name="x")).then_refused(NOT_FOUND, path=("segment", "id"))
    story.when(update(by_code("s"), name="x")).then_refused(NOT_FOUND, path=("segment", "code"))


@pytest.mark.parametrize("spelling", ["Straße", "STRASSE", " strasse ", "ｓｔｒａｓｓｅ"])
def test_a_segment_is_named_by_its_code_in_any_spelling(given: Given, spelling: str) -> None:
    """Codes are looked up as they are compared."""
    story = given(created(A, code="Straße"), edited(A, 2, visible=(True, False)))
    answer = story.when(update(by_code(spelling), name="Road"))
    answer.then(edited(A, 3, name=("Sales", "Road")))


def test_a_code_names_its_present_holder(given: Given) -> None:
    """A code that went from one segment to another means the other."""
    story = given(created(A, code="s"), edited(A, 2, code=("s", "t")), created(B, code="s"))
    story = story.when(update(by_code("s"), name="x")).then(edited(B, 2, name=("Sales", "x")))
    story.when(update(by_code("t"), name="y")).then(edited(A, 3, name=("Sales", "y")))


def test_a_code_that_was_taken_by_an_edit_names_its_segment(given: Given) -> None:
    """The segment's own story began without that code."""
    story = given(created(A), edited(A, 2, name=("Sales", "x")), edited(A, 3, code=(None, "s")))
    story.when(update(by_code("s"), name="y")).then(edited(A, 4, name=("x", "y")))


def test_a_code_that_was_cleared_names_nothing(given: Given) -> None:
    """Also when the segment that had it is still there."""
    story = given(created(A, code="s"), edited(A, 2, code=("s", None)))
    story.when(update(by_code("s"), name="x")).then_refused(NOT_FOUND, path=("segment", "code"))


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize("typed", ["s", "S", "ｓ"])
def test_a_code_of_another_segment_is_taken(given: Given, typed: str) -> None:
    """The refusal names the owner, archived or not."""
    story = given(created(A), created(B, code="s"))
    story = story.when(update(by_id(A), code=typed)).then_refused(
        CODE_TAKEN, path=("code",), held_by=B
    )
    story = story.and_then(archived(B, 2))
    story.when(update(by_id(A), code=typed)).then_refused(CODE_TAKEN, path=("code",), held_by=B)


def test_ones_own_code_can_be_spelled_anew(given: Given) -> None:
    """Another case of one's own code is a change, and still one's own code."""
    story = given(created(A, code="sales"))
    story = story.when(update(by_id(A), code="SALES")).then(edited(A, 2, code=("sales", "SALES")))
    story = story.when(update(by_code("sales"), code="Sales")).then(
        edited(A, 3, code=("SALES", "Sales"))
    )
    story.when(update(by_id(A), code="Sales")).then_nothing()


def test_a_segment_may_take_back_a_code_that_nobody_holds(given: Given) -> None:
    """A code that was freed is free for its former owner, too."""
    story = given(created(A, code="s"), edited(A, 2, code=("s", "t")))
    story.when(update(by_code("t"), code="s")).then(edited(A, 3, code=("t", "s")))


def test_a_segment_may_not_take_back_a_code_that_another_holds_now(given: Given) -> None:
    """Named by its present code, too, when its own story tells that it once held the other."""
    story = given(created(A, code="s"), edited(A, 2, code=("s", "t")), created(B, code="s"))
    for ref in (by_id(A), by_code("t")):
        story.when(update(ref, code="s")).then_refused(CODE_TAKEN, path=("code",), held_by=B)


def test_two_segments_can_swap_their_codes(given: Given) -> None:
    """By way of a third one, as each code must be free when it is taken."""
    story = given(created(A, code="a"), created(B, code="b"))
    story = story.when(update(by_code("a"), code="c")).then(edited(A, 2, code=("a", "c")))
    story = story.when(update(by_code("b"), code="a")).then(edited(B, 2, code=("b", "a")))
    story = story.when(update(by_code("c"), code="b")).then(edited(A, 3, code=("c", "b")))
    story.when(update(by_code("a"), name="x")).then(edited(B, 3, name=("Sales", "x")))


# ---------------------------------------------------------------- expectedVersion, archive


def test_the_expected_version_is_the_present_one(given: Given) -> None:
    """Then the command is carried out."""
    story = given(created(A), edited(A, 2, name=("Sales", "x")))
    story.when(update(by_id(A), 2, name="y")).then(edited(A, 3, name=("x", "y")))


@pytest.mark.parametrize("expected", [-1, 0, 1, 3])
def test_any_other_version_is_a_conflict(given: Given, expected: int) -> None:
    """It says what was expected and what is; also when nothing would have changed."""
    story = given(created(A, code="s"), edited(A, 2, name=("Sales", "x")))
    for ref, name in ((by_id(A), "y"), (by_code("s"), "y"), (by_id(A), "x")):
        answer = story.when(update(ref, expected, name=name))
        answer.then_refused(
            VERSION_CONFLICT, path=("expectedVersion",), entity_id=A, expected=expected, current=2
        )


def test_a_conflict_is_told_before_what_came_of_it(given: Given) -> None:
    """Whoever looked at an older version learns that first, not that the code is taken now."""
    story = given(created(A), archived(A, 2), created(B, code="s"))
    story.when(update(by_id(A), 1, code="s")).then_refused(
        VERSION_CONFLICT, path=("expectedVersion",), current=2
    )


def test_an_archived_segment_refuses_changes_until_it_is_restored(given: Given) -> None:
    """By id and by code, whatever the change."""
    story = given(created(A, code="s"), archived(A, 2))
    for command in (update(by_id(A), name="x"), update(by_code("s"), code=None)):
        story.when(command).then_refused(RejectionCode.ARCHIVED, path=("segment",))
    story = story.and_then(restored(A, 3))
    story.when(update(by_id(A), name="x")).then(edited(A, 4, name=("Sales", "x")))


# ---------------------------------------------------------------- commandId


def test_the_same_again_gives_the_first_result(given: Given) -> None:
    """Also after later changes, and although the version expected then is not the present one."""
    story = given(created(A))
    story = story.when(update(by_id(A), 1, name="x"), command_id="c-1").then(
        edited(A, 2, name=("Sales", "x"))
    )
    story = story.when(update(by_id(A), name="y")).then(edited(A, 3, name=("x", "y")))
    story = story.and_then(deleted(A, 4, name="y"))
    again = story.when(update(by_id(A), 1, name=" x"), command_id="c-1")
    again.then_repeated(edited(A, 2, name=("Sales", "x")), position=2)


@pytest.mark.parametrize(
    "other",
    [
        lambda: update(by_id(B), 1, name="x"),
        lambda: update(by_code("s"), 1, name="x"),
        lambda: update(by_id(A), None, name="x"),
        lambda: update(by_id(A), 1, name="y"),
        lambda: update(by_id(A), 1, name="x", visible=True),
    ],
    ids=["segment", "by code", "expectedVersion", "value", "more fields"],
)
def test_other_content_under_the_same_id_is_refused(given: Given, other: Any) -> None:
    """Which segment, how it is named, what was expected, which fields: all of it counts."""
    story = given(created(A, code="s"), created(B))
    story = story.when(update(by_id(A), 1, name="x"), command_id="c-1").then(
        edited(A, 2, name=("Sales", "x"))
    )
    story.when(other(), command_id="c-1").then_refused(
        RejectionCode.COMMAND_REUSED, path=("commandId",)
    )


def test_a_command_that_changed_nothing_leaves_its_id_free(given: Given) -> None:
    """For any other content."""
    story = given(created(A)).when(update(by_id(A), name="Sales"), command_id="c-1").then_nothing()
    story.when(update(by_id(A), name="x"), command_id="c-1").then(edited(A, 2, name=("Sales", "x")))
