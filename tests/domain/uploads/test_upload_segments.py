"""A file of segments: what is created, updated, left and rejected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from domain.kernel.envelope import UploadNote, UploadSummary
from domain.kernel.event import Event
from domain.kernel.principal import Principal
from domain.kernel.rejections import RejectionCode
from domain.log import Recorder
from domain.uploads.plan import UploadCounts
from tests.domain.given import Given
from tests.domain.principals import AUDITOR, LEARNER, TRAINER
from tests.domain.segments.events import A, B, archived, created, deleted, edited, restored
from tests.domain.uploads.commands import (
    REJECT,
    SKIP,
    SKIP_ROWS,
    UPDATE,
    dry_run,
    errors,
    later,
    new_segment,
    origins,
    overtaken,
    segments,
    uploaded,
)

NEW, NEXT, THIRD = map(new_segment, (1, 2, 3))
SALES = created(A, name="Sales", code="SALES", description="Old")
FILE = "name,code\nSellers,sales\nFresh,fresh\n"


def test_each_row_creates_a_segment(given: Given) -> None:
    """Blank cells are what a new segment has anyway: no code, no description, visible."""
    text = "name,code,description,visible\nSales,SALES,About,no\nFresh,,,\n"
    first = uploaded(NEW, name="Sales", code="SALES", description="About", visible=False)
    given().when(segments(text), by=TRAINER).then(first, uploaded(NEXT, name="Fresh"))


def test_each_event_tells_its_row_and_the_first_the_file(given: Given) -> None:
    """Rows that came to nothing are counted there, too."""
    command = segments("name,code\n\nFresh,\n,bad\nNext,\n", bad_rows=SKIP_ROWS)
    story = given().when(command).then(uploaded(NEW, name="Fresh"), uploaded(NEXT, name="Next"))
    file = UploadSummary(
        name="file.csv", rows_read=3, rows_rejected=1, created=2, updated=0, unchanged=0
    )
    assert origins(story) == [UploadNote(row=3, file=file), UploadNote(row=5)]


def test_a_code_that_is_taken_rejects_the_file(given: Given) -> None:
    """In any spelling: nothing is recorded, though the other row is good."""
    command = segments(FILE)
    given(SALES).when(command).then_nothing()
    assert errors(command) == [(2, "code", RejectionCode.CODE_TAKEN)]
    assert command.counts() == UploadCounts(rows_read=2, rows_rejected=1)


def test_or_its_row_alone(given: Given) -> None:
    """The others are recorded."""
    command = segments(FILE, bad_rows=SKIP_ROWS)
    given(SALES).when(command).then(uploaded(NEW, name="Fresh", code="fresh"))
    assert command.counts() == UploadCounts(rows_read=2, rows_rejected=1, created=1)


def test_a_code_stands_once_in_the_file(given: Given) -> None:
    """The later row is bad."""
    command = segments("name,code\nOne,x\nTwo,X\n", bad_rows=SKIP_ROWS)
    given().when(command).then(uploaded(NEW, name="One", code="x"))
    assert errors(command) == [(3, "code", RejectionCode.CODE_TAKEN)]


def test_a_code_that_was_given_back_can_be_had(given: Given) -> None:
    """By a row as by anybody."""
    before = given(SALES, deleted(A, 2, code="SALES"))
    before.when(segments("name,code\nSales,sales\n")).then(
        uploaded(NEW, name="Sales", code="sales")
    )


def test_an_update_changes_what_differs(given: Given) -> None:
    """A blank cell leaves the value; the code is as the segment has it; a new code is created."""
    text = "name,code,description,visible\nSellers,sales,,no\nFresh,fresh,,\n"
    command = segments(text, existing=UPDATE)
    changed = edited(A, 2, name=("Sales", "Sellers"), visible=(True, False))
    given(SALES).when(command).then(changed, uploaded(NEW, name="Fresh", code="fresh"))
    assert command.counts() == UploadCounts(rows_read=2, created=1, updated=1)


def test_an_update_that_changes_nothing_is_left(given: Given) -> None:
    """And counted so."""
    command = segments("name,code,description\nSales,sales,Old\n", existing=UPDATE)
    given(SALES).when(command).then_nothing()
    assert command.counts() == UploadCounts(rows_read=1, unchanged=1)


def test_an_archived_segment_is_not_updated(given: Given) -> None:
    """Until it is restored."""
    story = given(SALES, archived(A, 2))
    command = segments("name,code\nSellers,sales\n", existing=UPDATE)
    story.when(command).then_nothing()
    assert errors(command) == [(2, "code", RejectionCode.ARCHIVED)]
    changed = edited(A, 4, name=("Sales", "Sellers"))
    story.and_then(restored(A, 3)).when(
        segments("name,code\nSellers,sales\n", existing=UPDATE)
    ).then(changed)


def test_known_segments_can_be_passed_over(given: Given) -> None:
    """Archived or not."""
    command = segments(FILE, existing=SKIP)
    given(SALES, archived(A, 2)).when(command).then(uploaded(NEW, name="Fresh", code="fresh"))
    assert command.counts() == UploadCounts(rows_read=2, created=1, unchanged=1)


def test_a_file_that_will_not_do_is_refused_as_a_whole(given: Given) -> None:
    """Whatever becomes of bad rows."""
    command = segments("title\nSales\n", bad_rows=SKIP_ROWS)
    given().when(command).then_refused(RejectionCode.INVALID, path=("file",))


@pytest.mark.parametrize("who", [AUDITOR, LEARNER], ids=["auditor", "learner"])
def test_not_everybody_may(given: Given, who: Principal) -> None:
    """As with commands on one segment."""
    given().when(segments(FILE), by=who).then_refused(RejectionCode.FORBIDDEN)


def test_a_dry_run_tells_what_a_commit_would_do(given: Given) -> None:
    """Counts and first rows; and records nothing."""
    command = dry_run(given(SALES), segments(FILE, existing=UPDATE))
    assert command.counts() == UploadCounts(rows_read=2, created=1, updated=1)
    told = [(row["row"], row["outcome"], row["name"]) for row in command.plan.preview]
    assert told == [(2, "update", "Sellers"), (3, "create", "Fresh")]
    assert command.plan.position == 1


STALE: dict[str, tuple[dict[str, Any], Event]] = {
    "one to update is renamed": ({"existing": UPDATE}, edited(A, 2, name=("Sales", "Sails"))),
    "one to update is archived": ({"existing": UPDATE}, archived(A, 2)),
    "one to skip is deleted": ({"existing": SKIP}, deleted(A, 2, code="SALES")),
    "one to reject is deleted": (
        {"existing": REJECT, "bad_rows": SKIP_ROWS},
        deleted(A, 2, code="SALES"),
    ),
    "a new code is taken": ({"existing": SKIP}, created(B, code="FRESH")),
}


@pytest.mark.parametrize(("options", "change"), STALE.values(), ids=STALE)
def test_a_plan_is_stale_once_what_it_depends_on_has_changed(
    given: Given, options: dict[str, Any], change: Event
) -> None:
    """It is refused: a new dry run shows what would be done by now."""
    story = given(SALES)
    plan = dry_run(story, segments(FILE, **options)).plan.hash
    late = story.and_then(change).when(segments(FILE, plan, **options))
    late.then_refused(RejectionCode.PLAN_STALE, path=("planHash",))


def test_a_plan_holds_when_other_things_have_changed(given: Given) -> None:
    """Another segment, or one that is only passed over."""
    story = given(SALES)
    plan = dry_run(story, segments(FILE, existing=SKIP)).plan.hash
    story = story.and_then(created(B), edited(A, 2, name=("Sales", "Sails")))
    done = story.when(segments(FILE, plan, existing=SKIP))
    done.then(uploaded(NEW, name="Fresh", code="fresh"))


def test_a_plan_is_of_one_file_and_its_options(given: Given) -> None:
    """Those of another have another hash."""
    story = given()
    commands = [
        segments(FILE),
        segments(FILE + "More,more\n"),
        segments(FILE, existing=UPDATE),
        segments(FILE, bad_rows=SKIP_ROWS),
    ]
    assert len({dry_run(story, command).plan.hash for command in commands}) == len(commands)


RIVALS: dict[str, tuple[dict[str, Any], Event, Sequence[Event]]] = {
    "takes a new code": ({"existing": SKIP}, created(B, code="FRESH"), []),
    "takes a new code, which is updated": (
        {"existing": UPDATE},
        created(B, name="Fish", code="FRESH"),
        [edited(A, 2, name=("Sales", "Sellers")), edited(B, 2, name=("Fish", "Fresh"))],
    ),
    "edits what is updated": (
        {"existing": UPDATE},
        edited(A, 2, name=("Sales", "Sails")),
        [
            edited(A, 3, name=("Sails", "Sellers")),
            uploaded(NEXT, name="Fresh", code="fresh"),
        ],
    ),
    "deletes what is passed over": (
        {"existing": SKIP},
        deleted(A, 2, code="SALES"),
        [
            uploaded(NEXT, name="Sellers", code="sales"),
            uploaded(THIRD, name="Fresh", code="fresh"),
        ],
    ),
}


@pytest.mark.parametrize(("options", "rival", "expected"), RIVALS.values(), ids=RIVALS)
def test_a_rival_that_matters_has_it_planned_anew(
    store: Recorder, options: dict[str, Any], rival: Event, expected: Sequence[Event]
) -> None:
    """On what is so by then."""
    answer, _ = overtaken(store, [SALES], [rival], segments(FILE, **options))
    assert answer.outcome is not None
    assert later(answer, [SALES]) == [rival, *expected]


def test_a_rival_that_does_not_matter_does_not_disturb(store: Recorder) -> None:
    """It is recorded at the first attempt."""
    rivals = [created(B, code="else"), edited(A, 2, name=("Sales", "Sails"))]
    answer, troubled = overtaken(store, [SALES], rivals, segments(FILE, existing=SKIP))
    assert later(answer, [SALES]) == [*rivals, uploaded(NEW, name="Fresh", code="fresh")]
    assert troubled.calls.count("append") == 1


def test_a_rival_makes_a_looked_at_plan_stale(store: Recorder) -> None:
    """What was shown is not what would be recorded."""
    seen = dry_run(Given(store)(SALES), segments(FILE, existing=SKIP)).plan.hash
    rival = created(B, code="fresh")
    command = segments(FILE, seen, existing=SKIP)
    answer, _ = overtaken(store, [], [rival], command)
    assert answer.refused is not None
    assert [rejection.code for rejection in answer.refused.rejections] == [RejectionCode.PLAN_STALE]
    assert later(answer, [SALES]) == [rival]


def test_a_command_that_is_sent_again_tells_its_first_result(given: Given) -> None:
    """With the counts of then, though by now all rows would be bad."""
    first = segments(FILE, bad_rows=SKIP_ROWS)
    recorded = uploaded(NEW, name="Fresh", code="fresh")
    story = given(SALES).when(first, command_id="once").then(recorded)
    again = story.when(segments(FILE, bad_rows=SKIP_ROWS), command_id="once")
    again.then_repeated(recorded, position=2)
    assert again.outcome is not None
    assert again.outcome.origin is not None
    assert again.outcome.origin.file is not None
    assert UploadCounts.of(again.outcome.origin.file) == first.counts()


def test_another_file_is_another_command(given: Given) -> None:
    """A commandId is used once."""
    story = given().when(segments(FILE), command_id="once").story
    other = story.when(segments(FILE + "More,\n"), command_id="once")
    other.then_refused(RejectionCode.COMMAND_REUSED, path=("commandId",))
