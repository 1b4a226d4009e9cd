"""A file of memberships: who is put in, who is in already, and what cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from domain.kernel.envelope import UploadNote, UploadSummary
from domain.kernel.event import Event
from domain.kernel.principal import Principal
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.rejections import RejectionCode
from domain.log import Recorder
from domain.people.values import UserStatus
from domain.uploads.plan import UploadCounts
from tests.domain.given import Given, request
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import ANN, BO, CY, added, altered, erased, person, turned
from tests.domain.principals import AUDITOR, LEARNER, TRAINER
from tests.domain.segments.events import A, B, C, archived, created, deleted, edited
from tests.domain.snapshots import StoodStill
from tests.domain.uploads.commands import (
    SKIP_ROWS,
    dry_run,
    errors,
    later,
    members,
    origins,
    overtaken,
    put_in,
)

NOT_FOUND, ARCHIVED = RejectionCode.NOT_FOUND, RejectionCode.ARCHIVED
BEFORE = (
    created(A, code="Sales"),
    created(B, code="other"),
    added(ANN),
    added(BO, person("bo", code="b-1")),
)
FILE = "segment,username\nsales,ann\nsales,bo\n"
SUSPENSION = turned(ANN, 2, UserStatus.ACTIVE, UserStatus.SUSPENDED)


def test_each_row_puts_somebody_in(given: Given) -> None:
    """An event for each segment, in the order in which they are named, with the users' rows."""
    text = "segment,username\nOTHER,bo\nsales,ann\nother,Ann\n"
    added_to = [put_in(B, row2=BO, row4=ANN), put_in(A, row3=ANN)]
    given(*BEFORE).when(members(text), by=TRAINER).then(*added_to)


def test_the_first_event_tells_the_file(given: Given) -> None:
    """The rows are in the events themselves."""
    command = members("segment,username\nsales,ann\nother,bo\nsales,nobody\n", bad_rows=SKIP_ROWS)
    story = given(*BEFORE).when(command).then(put_in(A, row2=ANN), put_in(B, row3=BO))
    file = UploadSummary(
        name="file.csv", rows_read=3, rows_rejected=1, created=2, updated=0, unchanged=0
    )
    assert origins(story, len(BEFORE)) == [UploadNote(file=file), UploadNote()]


@pytest.mark.parametrize(
    ("header", "name"),
    [("email", "BO@example.test"), ("usercode", "B-1"), ("username", "Bo")],
    ids=["email", "code", "username"],
)
def test_users_are_named_by_what_the_file_has(given: Given, header: str, name: str) -> None:
    """In any spelling."""
    given(*BEFORE).when(members(f"segment,{header}\nsales,{name}\n")).then(put_in(A, row2=BO))


def test_a_segment_is_named_by_its_id_unless_a_code_is_so(given: Given) -> None:
    """Codes come first."""
    text = f"segment,username\n{A},ann\n{B},bo\n"
    story = given(*BEFORE, created(C, code=A))
    story.when(members(text)).then(put_in(C, row2=ANN), put_in(B, row3=BO))


def test_a_row_may_name_several_segments(given: Given) -> None:
    """A blank cell names none."""
    text = "username,cohort1,cohort2\nann,sales,other\nbo,,sales\n"
    command = members(text)
    given(*BEFORE).when(command).then(put_in(A, row2=ANN, row3=BO), put_in(B, row2=ANN))
    assert command.counts() == UploadCounts(rows_read=2, created=3)


def test_who_is_in_already_is_left(given: Given) -> None:
    """So is who stands there twice: counted once."""
    text = "segment,username\nsales,ann\nsales,bo\nsales,BO\nsales,ann\n"
    command = members(text)
    given(*BEFORE, joined(A, ANN)).when(command).then(put_in(A, row3=BO))
    assert command.counts() == UploadCounts(rows_read=4, created=1, unchanged=1)


def test_when_all_are_in_nothing_is_recorded(given: Given) -> None:
    """It is done, without an event."""
    command = members(FILE)
    given(*BEFORE, joined(A, ANN, BO)).when(command).then_nothing()
    assert command.counts() == UploadCounts(rows_read=2, unchanged=2)


def test_who_has_left_can_come_back(given: Given) -> None:
    """And who is suspended can be put in."""
    story = given(*BEFORE, joined(A, ANN), left(A, ANN), SUSPENSION)
    story.when(members(FILE)).then(put_in(A, row2=ANN, row3=BO))


def test_what_is_not_there_rejects_the_file(given: Given) -> None:
    """Segments are never created here, nor users; all that is wrong with a row is told."""
    command = members("segment,username\nnone,nobody\nsales,ann\n")
    given(*BEFORE).when(command).then_nothing()
    assert errors(command) == [(2, "segment", NOT_FOUND), (2, "username", NOT_FOUND)]
    assert command.counts() == UploadCounts(rows_read=2, rows_rejected=1)


def test_or_its_rows_alone(given: Given) -> None:
    """The others are recorded: not those of segments that are archived, or gone."""
    story = given(*BEFORE, archived(B, 2), created(C, code="gone"), deleted(C, 2, code="gone"))
    text = "segment,username\nother,ann\ngone,ann\nsales,ann\n"
    command = members(text, bad_rows=SKIP_ROWS)
    story.when(command).then(put_in(A, row4=ANN))
    assert errors(command) == [(2, "segment", ARCHIVED), (3, "segment", NOT_FOUND)]


def test_a_row_with_one_bad_segment_does_nothing(given: Given) -> None:
    """Nobody is put into the other one alone."""
    text = "username,cohort1,cohort2\nann,sales,none\n"
    command = members(text, bad_rows=SKIP_ROWS)
    given(*BEFORE).when(command).then_nothing()
    assert errors(command) == [(2, "cohort2", NOT_FOUND)]


def test_a_file_that_will_not_do_is_refused_as_a_whole(given: Given) -> None:
    """It must say whom, and where."""
    command = members("segment\nsales\n")
    given(*BEFORE).when(command).then_refused(RejectionCode.INVALID, path=("file",))


@pytest.mark.parametrize("who", [AUDITOR, LEARNER], ids=["auditor", "learner"])
def test_not_everybody_may(given: Given, who: Principal) -> None:
    """As with commands on one roster."""
    given(*BEFORE).when(members(FILE), by=who).then_refused(RejectionCode.FORBIDDEN)


def test_a_dry_run_tells_what_a_commit_would_do(given: Given) -> None:
    """Counts and first rows; and records nothing."""
    command = dry_run(given(*BEFORE, joined(A, BO)), members(FILE))
    assert command.counts() == UploadCounts(rows_read=2, created=1, unchanged=1)
    assert [tuple(row.values()) for row in command.plan.preview] == [
        (2, "create", "Sales", "ann"),
        (3, "unchanged", "Sales", "bo"),
    ]


UNKNOWN = FILE + "none,cy\n"
"""A file of which a row names a segment and somebody who are not there."""

STALE: dict[str, Sequence[Event]] = {
    "one to add is added": [joined(A, ANN)],
    "one who is in is removed": [left(A, BO)],
    "one to add is erased": [erased(ANN, 2, person("ann"))],
    "one to add is called otherwise": [altered(ANN, 2, person("ann"), username="anna")],
    "an unknown user is added": [added(CY)],
    "an unknown segment comes to be": [created(C, code="NONE")],
    "the segment is archived": [archived(A, 2)],
    "the segment is deleted": [deleted(A, 2, code="Sales")],
    "the segment is called otherwise": [edited(A, 2, code=("Sales", "else"))],
    "another user is called so": [erased(ANN, 2, person("ann")), added(CY, person("ann"))],
}


@pytest.mark.parametrize("changes", STALE.values(), ids=STALE)
def test_a_plan_is_stale_once_what_it_depends_on_has_changed(
    given: Given, changes: Sequence[Event]
) -> None:
    """It is refused: a new dry run shows what would be done by now."""
    story = given(*BEFORE, joined(A, BO))
    plan = dry_run(story, members(UNKNOWN, bad_rows=SKIP_ROWS)).plan.hash
    late = story.and_then(*changes).when(members(UNKNOWN, plan, bad_rows=SKIP_ROWS))
    late.then_refused(RejectionCode.PLAN_STALE, path=("planHash",))


INDIFFERENT: dict[str, Event] = {
    "another roster": joined(B, ANN),
    "somebody else in this one": joined(A, CY),
    "somebody suspended": SUSPENSION,
    "somebody's name": altered(ANN, 2, person("ann"), first_name="Anna"),
    "somebody's address": altered(ANN, 2, person("ann"), email="a@example.test"),
}
RENAMED = edited(A, 2, name=("Sales", "Sails"))


@pytest.mark.parametrize(
    "change", [*INDIFFERENT.values(), RENAMED], ids=[*INDIFFERENT, "the segment's name"]
)
def test_a_plan_holds_when_other_things_have_changed(given: Given, change: Event) -> None:
    """It is recorded as it was shown."""
    story = given(*BEFORE, added(CY))
    plan = dry_run(story, members(FILE)).plan.hash
    story.and_then(change).when(members(FILE, plan)).then(put_in(A, row2=ANN, row3=BO))


RIVALS: dict[str, tuple[Sequence[Event], dict[str, Any], Sequence[Event]]] = {
    "adds one of them": ([joined(A, ANN)], {}, [put_in(A, row3=BO)]),
    "adds and removes one": ([joined(A, ANN), left(A, ANN)], {}, [put_in(A, row2=ANN, row3=BO)]),
    "erases one": ([erased(BO, 2, person("bo", code="b-1"))], {}, []),
    "erases one whose row is passed over": (
        [erased(BO, 2, person("bo", code="b-1"))],
        {"bad_rows": SKIP_ROWS},
        [put_in(A, row2=ANN)],
    ),
    "archives the segment": ([archived(A, 2)], {}, []),
    "renames the segment": ([RENAMED], {}, [put_in(A, row2=ANN, row3=BO)]),
    "gives the code to another segment": (
        [edited(A, 2, code=("Sales", None)), created(C, code="SALES")],
        {},
        [put_in(C, row2=ANN, row3=BO)],
    ),
}


@pytest.mark.parametrize(("rivals", "options", "expected"), RIVALS.values(), ids=RIVALS)
def test_a_rival_that_matters_has_it_planned_anew(
    store: Recorder, rivals: Sequence[Event], options: dict[str, Any], expected: Sequence[Event]
) -> None:
    """On what is so by then: nobody is in a segment who is not there."""
    answer, _ = overtaken(store, BEFORE, rivals, members(FILE, **options))
    assert answer.outcome is not None
    assert later(answer, BEFORE) == [*rivals, *expected]


UNKNOWN_RIVALS: dict[str, tuple[str, Sequence[Event], Sequence[Event]]] = {
    "adds somebody so named": (
        "sales,dan",
        [added(CY, person("dan"))],
        [put_in(A, row2=CY, row3=BO)],
    ),
    "names somebody so": (
        "sales,dan",
        [altered(BO, 2, person("bo", code="b-1"), username="dan")],
        [put_in(A, row2=BO)],
    ),
    "creates a segment so called": (
        "new,ann",
        [created(C, code="NEW")],
        [put_in(C, row2=ANN), put_in(A, row3=BO)],
    ),
    "gives a segment that code": (
        "new,ann",
        [edited(B, 2, code=("other", "New"))],
        [put_in(B, row2=ANN), put_in(A, row3=BO)],
    ),
    "takes an id for a code": (
        f"{B},ann",
        [created(C, code=B)],
        [put_in(C, row2=ANN), put_in(A, row3=BO)],
    ),
}


@pytest.mark.parametrize(("row", "rivals", "expected"), UNKNOWN_RIVALS.values(), ids=UNKNOWN_RIVALS)
def test_a_rival_that_brings_what_was_not_there_has_it_planned_anew(
    store: Recorder, row: str, rivals: Sequence[Event], expected: Sequence[Event]
) -> None:
    """Nobody, and no segment, was found by that name before."""
    command = members(f"segment,username\n{row}\nsales,bo\n", bad_rows=SKIP_ROWS)
    answer, _ = overtaken(store, BEFORE, rivals, command)
    assert later(answer, BEFORE) == [*rivals, *expected]


@pytest.mark.parametrize("change", INDIFFERENT.values(), ids=INDIFFERENT)
def test_a_rival_that_does_not_matter_does_not_disturb(store: Recorder, change: Event) -> None:
    """It is recorded at the first attempt."""
    answer, troubled = overtaken(store, [*BEFORE, added(CY)], [change], members(FILE))
    assert later(answer, [*BEFORE, added(CY)]) == [change, put_in(A, row2=ANN, row3=BO)]
    assert troubled.calls.count("append") == 1


def test_a_read_model_that_is_behind_is_waited_for(given: Given) -> None:
    """Up to where the log stood; of what came since it may lack what does not matter."""
    story = given(*BEFORE, joined(A, ANN))
    with pytest.raises(ReadModelBehind) as late:
        story.when(members(FILE), snapshots=StoodStill(story.log, len(BEFORE)))
    assert late.value.wanted == len(BEFORE) + 1
    known = StoodStill(story.log, late.value.wanted)
    command = members(FILE)
    dispatcher = story.and_then(joined(B, ANN)).dispatcher(known)
    outcome = dispatcher.dispatch(command, request(command), at_least=late.value.wanted)
    assert outcome.events == (put_in(A, row3=BO),)


def test_a_read_model_that_lacks_what_matters_is_waited_for_again(given: Given) -> None:
    """Up to that event."""
    story = given(*BEFORE, joined(A, ANN), joined(B, ANN))
    command = members(FILE)
    dispatcher = story.dispatcher(StoodStill(story.log, len(BEFORE)))
    with pytest.raises(ReadModelBehind) as late:
        dispatcher.dispatch(command, request(command), at_least=len(BEFORE))
    assert late.value.wanted == len(BEFORE) + 1


def test_a_command_that_is_sent_again_tells_its_first_result(given: Given) -> None:
    """With the counts of then, though by now all are in."""
    first = members(FILE)
    story = given(*BEFORE).when(first, command_id="once").then(put_in(A, row2=ANN, row3=BO))
    again = story.when(members(FILE), command_id="once")
    again.then_repeated(put_in(A, row2=ANN, row3=BO), position=len(BEFORE) + 1)
    assert again.outcome is not None
    assert again.outcome.origin is not None
    assert again.outcome.origin.file is not None
    assert UploadCounts.of(again.outcome.origin.file) == first.counts()
