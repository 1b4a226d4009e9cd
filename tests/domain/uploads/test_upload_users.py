"""A file of people: who is added, changed, left and rejected, and what they are put into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from domain.kernel.envelope import UploadNote, UploadSummary
from domain.kernel.event import Event
from domain.kernel.principal import Principal, Role
from domain.kernel.rejections import RejectionCode
from domain.log import Recorder
from domain.people.values import UserStatus
from domain.uploads.plan import UploadCounts
from tests.domain.given import Given
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import (
    ANN,
    BO,
    CY,
    added,
    altered,
    assigned,
    erased,
    person,
    turned,
)
from tests.domain.principals import AUDITOR, TRAINER
from tests.domain.segments.events import A, B, archived, created, edited
from tests.domain.uploads.commands import (
    SKIP,
    SKIP_ROWS,
    UPDATE,
    dry_run,
    errors,
    later,
    new_user,
    origins,
    overtaken,
    put_in,
    users,
)

NEW, NEXT, THIRD = map(new_user, (1, 2, 3))
ADMIN, LEARNER = Role.SITE_ADMIN, Role.LEARNER
INVALID = RejectionCode.INVALID
USERNAME, EMAIL, CODE = (
    RejectionCode.USERNAME_TAKEN,
    RejectionCode.EMAIL_TAKEN,
    RejectionCode.CODE_TAKEN,
)
BEFORE = (created(A, code="Sales"), created(B, code="other"), added(ANN))
FILE = (
    "username,email,firstname,lastname,code,roles,cohort1\n"
    "ann,ann@example.test,Anna,Smith,,,sales\n"
    "dan,dan@example.test,Dan,Smith,d-1,learner,sales\n"
)
DAN = person("dan", code="d-1")


def rows(*lines: str) -> str:
    """A file with these rows: username, e-mail, roles and a segment."""
    header = "username,email,firstname,lastname,roles,cohort1"
    people = [line.split(",") for line in lines]
    cells = (
        [name, email or f"{name}@example.test", name.title(), "Smith", roles, segment]
        for name, email, roles, segment in people
    )
    return "\n".join([header, *map(",".join, cells), ""])


def test_each_row_adds_somebody(given: Given) -> None:
    """First all of them, then the memberships of each segment; usernames are folded."""
    text = rows("DAN,dan@Example.test,learner auditor,sales", "eve,,,other", "fay,,,sales")
    dan = person("dan", email="dan@Example.test")
    given(*BEFORE).when(users(text)).then(
        added(NEW, dan, roles=[Role.AUDITOR, LEARNER]),
        added(NEXT, person("eve")),
        added(THIRD, person("fay")),
        put_in(A, row2=NEW, row4=THIRD),
        put_in(B, row3=NEXT),
    )


def test_each_event_tells_its_row_and_the_first_the_file(given: Given) -> None:
    """Memberships tell the rows themselves."""
    story = given(*BEFORE).when(users(FILE, existing=UPDATE)).story
    file = UploadSummary(
        name="file.csv", rows_read=2, rows_rejected=0, created=1, updated=1, unchanged=0
    )
    told = [UploadNote(row=3, file=file), UploadNote(row=2), UploadNote()]
    assert origins(story, len(BEFORE)) == told


def test_a_username_that_is_taken_rejects_the_file(given: Given) -> None:
    """Nothing is recorded, though the other row is good."""
    command = users(FILE)
    given(*BEFORE).when(command).then_nothing()
    assert errors(command) == [(2, "username", USERNAME)]
    assert command.counts() == UploadCounts(rows_read=2, rows_rejected=1)


def test_or_its_row_alone(given: Given) -> None:
    """The others are recorded, with their memberships."""
    command = users(FILE, bad_rows=SKIP_ROWS)
    given(*BEFORE).when(command).then(added(NEW, DAN, roles=[LEARNER]), put_in(A, row3=NEW))
    assert command.counts() == UploadCounts(rows_read=2, rows_rejected=1, created=1)


def test_an_update_changes_what_differs(given: Given) -> None:
    """New people come first; a change of fields and one of roles are an event each."""
    text = "username,email,firstname,lastname,roles\nann,,Anna,,learner\n"
    command = users(text, existing=UPDATE)
    given(*BEFORE).when(command).then(
        altered(ANN, 2, person("ann"), first_name="Anna"), assigned(ANN, 3, [], [LEARNER])
    )
    assert command.counts() == UploadCounts(rows_read=1, updated=1)


def test_an_update_with_new_people(given: Given) -> None:
    """And the memberships of all of them, in one event for a segment."""
    given(*BEFORE).when(users(FILE, existing=UPDATE)).then(
        added(NEW, DAN, roles=[LEARNER]),
        altered(ANN, 2, person("ann"), first_name="Anna"),
        put_in(A, row2=ANN, row3=NEW),
    )


@pytest.mark.parametrize(
    "text",
    [
        "username\nann\n",
        "username,firstname,email\nann,,\n",
        "username,firstname,lastname,email\nann,Ann,Smith,ann@example.test\n",
        "username,roles,cohort1\nann,learner,sales\n",
    ],
    ids=["the username alone", "blank cells", "what is so already", "roles and segments, too"],
)
def test_an_update_that_changes_nothing_is_left(given: Given, text: str) -> None:
    """And counted so."""
    story = given(*BEFORE, assigned(ANN, 2, [], [LEARNER]), joined(A, ANN))
    command = users(text, existing=UPDATE)
    story.when(command).then_nothing()
    assert command.counts() == UploadCounts(rows_read=1, unchanged=1)


def test_a_membership_is_an_update(given: Given) -> None:
    """Though nothing of the user changes; one that there is already is none."""
    command = users("username,cohort1,cohort2\nann,sales,other\n", existing=UPDATE)
    given(*BEFORE, joined(A, ANN)).when(command).then(put_in(B, row2=ANN))
    assert command.counts() == UploadCounts(rows_read=1, updated=1)


def test_known_people_can_be_passed_over(given: Given) -> None:
    """They are put into no segment either, whatever else is wrong with the row."""
    text = FILE.replace("Smith,,,sales", "Smith,,,none")
    command = users(text, existing=SKIP)
    given(*BEFORE).when(command).then(added(NEW, DAN, roles=[LEARNER]), put_in(A, row3=NEW))
    assert command.counts() == UploadCounts(rows_read=2, created=1, unchanged=1)


def test_somebody_new_needs_names_and_an_address(given: Given) -> None:
    """Where known people are updated the columns need not be there: each is told."""
    command = users("username,firstname\ndan,\n", existing=UPDATE)
    given(*BEFORE).when(command).then_nothing()
    assert errors(command) == [(2, None, INVALID), (2, "firstname", INVALID), (2, None, INVALID)]


def test_a_cell_that_is_bad_is_not_missing_as_well(given: Given) -> None:
    """One error a cell."""
    command = users("username,email,firstname,lastname\ndan,x,Dan,Smith\n", existing=UPDATE)
    given(*BEFORE).when(command).then_nothing()
    assert errors(command) == [(2, "email", INVALID)]


TAKEN: dict[str, tuple[str, Sequence[tuple[int, str | None, RejectionCode]]]] = {
    "address": (rows("dan,ANN@example.test,,"), [(2, "email", EMAIL)]),
    "address, in the file": (rows("dan,x@x.test,,", "eve,X@x.test,,"), [(3, "email", EMAIL)]),
    "username, in the file": (rows("dan,,,", "dan,x@x.test,,"), [(3, "username", USERNAME)]),
    "segment": (rows("dan,,,none"), [(2, "cohort1", RejectionCode.NOT_FOUND)]),
    "role": (rows("dan,,boss,"), [(2, "roles", INVALID)]),
}


@pytest.mark.parametrize(("text", "expected"), TAKEN.values(), ids=TAKEN)
def test_what_is_taken_or_not_there_is_told(
    given: Given, text: str, expected: Sequence[tuple[int, str | None, RejectionCode]]
) -> None:
    """With its row and column."""
    command = users(text)
    given(*BEFORE).when(command).then_nothing()
    assert errors(command) == expected


def test_a_code_belongs_to_one_user(given: Given) -> None:
    """In any spelling."""
    command = users(FILE, existing=UPDATE, bad_rows=SKIP_ROWS)
    story = given(*BEFORE, added(BO, person("bo", code="D-1")))
    story.when(command).then(altered(ANN, 2, person("ann"), first_name="Anna"), put_in(A, row2=ANN))
    assert errors(command) == [(3, "code", CODE)]


def test_what_was_given_back_can_be_had(given: Given) -> None:
    """The name and address of somebody who was erased."""
    story = given(*BEFORE, erased(ANN, 2, person("ann")))
    story.when(users(rows("ann,,,"))).then(added(NEW, person("ann")))


# ---------------------------------------------------------------- site admins


def test_new_site_admins_are_counted(given: Given) -> None:
    """Those who are added, and those who become it; not who is one."""
    story = given(*BEFORE, added(BO, roles=[ADMIN]))
    text = rows("ann,,site-admin,", "bo,,site-admin,", "dan,,site-admin,")
    command = users(text, existing=UPDATE)
    story.when(command).then(
        added(NEW, person("dan"), roles=[ADMIN]), assigned(ANN, 2, [], [ADMIN])
    )
    assert command.counts().new_site_admins == 2


def test_the_last_active_site_admin_keeps_the_role(given: Given) -> None:
    """One who is suspended is of no help."""
    suspended = turned(BO, 2, UserStatus.ACTIVE, UserStatus.SUSPENDED)
    story = given(added(ANN, roles=[ADMIN]), added(BO, roles=[ADMIN]), suspended)
    command = users("username,roles\nann,learner\n", existing=UPDATE)
    story.when(command).then_nothing()
    assert errors(command) == [(2, "roles", INVALID)]


def test_unless_an_earlier_row_made_another_one(given: Given) -> None:
    """Rows are decided in the order of the file."""
    story = given(added(ANN, roles=[ADMIN]), added(BO))
    text = "username,roles\nbo,site-admin\nann,learner\n"
    story.when(users(text, existing=UPDATE)).then(
        assigned(BO, 2, [], [ADMIN]), assigned(ANN, 2, [ADMIN], [LEARNER])
    )


def test_or_added_one(given: Given) -> None:
    """Who is new is active."""
    text = rows("dan,,site-admin,", "ann,,learner,")
    given(added(ANN, roles=[ADMIN])).when(users(text, existing=UPDATE)).then(
        added(NEW, person("dan"), roles=[ADMIN]), assigned(ANN, 2, [ADMIN], [LEARNER])
    )


def test_one_who_is_suspended_is_none(given: Given) -> None:
    """Though a row gives them the role."""
    suspended = turned(BO, 2, UserStatus.ACTIVE, UserStatus.SUSPENDED)
    story = given(added(ANN, roles=[ADMIN]), added(BO), suspended)
    command = users("username,roles\nbo,site-admin\nann,learner\n", existing=UPDATE)
    story.when(command).then_nothing()
    assert errors(command) == [(3, "roles", INVALID)]


def test_of_two_who_would_lose_it_the_later_keeps_it(given: Given) -> None:
    """The row is bad."""
    story = given(added(ANN, roles=[ADMIN]), added(BO, roles=[ADMIN]))
    command = users(
        "username,roles\nann,learner\nbo,learner\n", existing=UPDATE, bad_rows=SKIP_ROWS
    )
    story.when(command).then(assigned(ANN, 2, [ADMIN], [LEARNER]))
    assert errors(command) == [(3, "roles", INVALID)]


# ---------------------------------------------------------------- who, and when


def test_a_file_that_will_not_do_is_refused_as_a_whole(given: Given) -> None:
    """It must name people."""
    given().when(users("email\nann@example.test\n")).then_refused(INVALID, path=("file",))


@pytest.mark.parametrize("who", [TRAINER, AUDITOR], ids=["trainer", "auditor"])
def test_only_who_may_change_users_may(given: Given, who: Principal) -> None:
    """Roles are among what it gives."""
    given(*BEFORE).when(users(FILE), by=who).then_refused(RejectionCode.FORBIDDEN)


def test_a_dry_run_tells_what_a_commit_would_do(given: Given) -> None:
    """Counts and first rows; and records nothing."""
    command = dry_run(given(*BEFORE), users(FILE, existing=UPDATE))
    assert command.counts() == UploadCounts(rows_read=2, created=1, updated=1)
    told = [(row["row"], row["outcome"], row["username"]) for row in command.plan.preview]
    assert told == [(2, "update", "ann"), (3, "create", "dan")]
    assert command.plan.preview[1]["segments"] == ["sales"]


CHANGES: dict[str, tuple[dict[str, Any], Event]] = {
    "a new username is taken": ({"existing": SKIP}, added(CY, person("dan", email="c@c.test"))),
    "a new address is taken": (
        {"existing": SKIP, "bad_rows": SKIP_ROWS},
        added(CY, person("cy", email="DAN@example.test")),
    ),
    "a new code is taken": (
        {"existing": SKIP, "bad_rows": SKIP_ROWS},
        added(CY, person("cy", code="D-1")),
    ),
    "one to update is edited": (
        {"existing": UPDATE},
        altered(ANN, 2, person("ann"), last_name="Jones"),
    ),
    "one to update gets roles": ({"existing": UPDATE}, assigned(ANN, 2, [], [LEARNER])),
    "one to update is put in": ({"existing": UPDATE}, joined(A, ANN)),
    "one to pass over is erased": ({"existing": SKIP}, erased(ANN, 2, person("ann"))),
    "the segment is archived": ({"existing": SKIP, "bad_rows": SKIP_ROWS}, archived(A, 2)),
    "the segment is called otherwise": (
        {"existing": SKIP, "bad_rows": SKIP_ROWS},
        edited(A, 2, code=("Sales", "else")),
    ),
}


@pytest.mark.parametrize(("options", "change"), CHANGES.values(), ids=CHANGES)
def test_a_plan_is_stale_once_what_it_depends_on_has_changed(
    given: Given, options: dict[str, Any], change: Event
) -> None:
    """It is refused: a new dry run shows what would be done by now."""
    story = given(*BEFORE)
    plan = dry_run(story, users(FILE, **options)).plan.hash
    late = story.and_then(change).when(users(FILE, plan, **options))
    late.then_refused(RejectionCode.PLAN_STALE, path=("planHash",))


@pytest.mark.parametrize(("options", "change"), CHANGES.values(), ids=CHANGES)
def test_a_rival_makes_a_looked_at_plan_stale(
    store: Recorder, options: dict[str, Any], change: Event
) -> None:
    """When it comes between the plan and its recording, too."""
    plan = dry_run(Given(store)(*BEFORE), users(FILE, **options)).plan.hash
    answer, troubled = overtaken(store, [], [change], users(FILE, plan, **options))
    assert troubled.calls.count("append") == 1
    assert answer.refused is not None
    assert [rejection.code for rejection in answer.refused.rejections] == [RejectionCode.PLAN_STALE]
    assert later(answer, BEFORE) == [change]


RIVALS: dict[str, tuple[dict[str, Any], Event, Sequence[Event]]] = {
    "takes a new address": (
        {"existing": SKIP, "bad_rows": SKIP_ROWS},
        added(CY, person("cy", email="DAN@example.test")),
        [],
    ),
    "edits one who is updated": (
        {"existing": UPDATE},
        altered(ANN, 2, person("ann"), last_name="Jones"),
        [
            added(NEXT, DAN, roles=[LEARNER]),
            altered(ANN, 3, person("ann", last_name="Jones"), first_name="Anna", last_name="Smith"),
            put_in(A, row2=ANN, row3=NEXT),
        ],
    ),
    "puts one in": (
        {"existing": UPDATE},
        joined(A, ANN),
        [
            added(NEXT, DAN, roles=[LEARNER]),
            altered(ANN, 2, person("ann"), first_name="Anna"),
            put_in(A, row3=NEXT),
        ],
    ),
    "erases one who is passed over": (
        {"existing": SKIP},
        erased(ANN, 2, person("ann")),
        [
            added(NEXT, person("ann", first_name="Anna")),
            added(THIRD, DAN, roles=[LEARNER]),
            put_in(A, row2=NEXT, row3=THIRD),
        ],
    ),
}


@pytest.mark.parametrize(("options", "rival", "expected"), RIVALS.values(), ids=RIVALS)
def test_a_rival_that_matters_has_it_planned_anew(
    store: Recorder, options: dict[str, Any], rival: Event, expected: Sequence[Event]
) -> None:
    """On what is so by then."""
    answer, _ = overtaken(store, BEFORE, [rival], users(FILE, **options))
    assert answer.outcome is not None
    assert later(answer, BEFORE) == [rival, *expected]


def test_a_rival_that_leaves_no_other_site_admin_has_it_planned_anew(store: Recorder) -> None:
    """There is always one: what the file says of the last one is bad by then."""
    before = [added(ANN, roles=[ADMIN]), added(BO, roles=[ADMIN])]
    rival = assigned(BO, 2, [ADMIN], [])
    command = users("username,roles\nann,learner\n", existing=UPDATE)
    answer, _ = overtaken(store, before, [rival], command)
    assert answer.outcome is not None
    assert later(answer, before) == [rival]
    assert errors(command) == [(2, "roles", INVALID)]


INDIFFERENT: dict[str, Event] = {
    "somebody else is added": added(BO),
    "somebody else is put in": joined(A, CY),
    "somebody is taken out of another": left(B, CY),
    "one who is passed over is put in": joined(A, ANN),
}


@pytest.mark.parametrize("rival", INDIFFERENT.values(), ids=INDIFFERENT)
def test_a_rival_that_does_not_matter_does_not_disturb(store: Recorder, rival: Event) -> None:
    """It is recorded at the first attempt."""
    before = [*BEFORE, added(CY), joined(B, CY)]
    answer, troubled = overtaken(store, before, [rival], users(FILE, existing=SKIP))
    recorded = [added(NEW, DAN, roles=[LEARNER]), put_in(A, row3=NEW)]
    assert later(answer, before) == [rival, *recorded]
    assert troubled.calls.count("append") == 1


def test_a_command_that_is_sent_again_tells_its_first_result(given: Given) -> None:
    """With the counts of then, though by now all rows would be bad."""
    first = users(rows("dan,,,sales"))
    recorded = (added(NEW, person("dan")), put_in(A, row2=NEW))
    story = given(*BEFORE).when(first, command_id="once").then(*recorded)
    again = story.when(users(rows("dan,,,sales")), command_id="once")
    again.then_repeated(*recorded, position=len(BEFORE) + 2)
    assert again.outcome is not None
    assert again.outcome.origin is not None
    assert again.outcome.origin.file is not None
    assert UploadCounts.of(again.outcome.origin.file) == first.counts()
