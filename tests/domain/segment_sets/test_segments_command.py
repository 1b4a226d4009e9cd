"""Commands on many segments: each segment records what the command on it alone would."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.principal import Principal
from domain.kernel.rejections import RejectionCode
from domain.log import Recorder
from domain.segment_sets.segment_refs import MAX_REJECTIONS
from domain.segment_sets.segments_command import MAX_WITHOUT_PLAN, SegmentsCommand, SegmentSet
from domain.segments.state import segment_of
from domain.segments.values import SegmentStatus
from tests.domain.faulty_store import FaultyStore
from tests.domain.given import Answer, Given, Story
from tests.domain.memberships.events import joined, left
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.segment_sets.commands import (
    archive,
    codes,
    delete,
    filtered,
    ids,
    planned,
    restore,
    show,
)
from tests.domain.segments.events import A, B, C, archived, created, deleted, edited, restored

INVALID, NOT_FOUND = RejectionCode.INVALID, RejectionCode.NOT_FOUND
SITE = (created(A, name="Sales", code="s"), created(B, name="Sails"), created(C, name="Team"))
ANN = "user_0192f0c17a9b7c3d8e4f5061728394aa"
SAILING = filtered(search="sa")


def numbered(count: int) -> list[SegmentId]:
    """So many ids."""
    return [SegmentId(f"segment_{number:032x}") for number in range(1, count + 1)]


@pytest.mark.parametrize("who", [ANONYMOUS, AUDITOR, LEARNER], ids=lambda who: who.id)
@pytest.mark.parametrize(
    "command",
    [archive(ids(A)), restore(ids(A)), delete(ids(A)), show(ids(A), False)],
    ids=lambda command: command.NAME,
)
def test_wrong_roles_are_refused(given: Given, who: Principal, command: SegmentsCommand) -> None:
    """Neither an auditor nor a learner nor anybody without a role changes segments."""
    given(*SITE).when(command, by=who).then_refused(RejectionCode.FORBIDDEN)


def test_training_managers_delete_none(given: Given) -> None:
    """Not even one of them; site admins do."""
    story = given(*SITE).when(delete(ids(A)), by=TRAINER).then_refused(RejectionCode.FORBIDDEN)
    story.when(delete(ids(A)), by=ADMIN).then(deleted(A, 2, code="s"))


def test_each_records_its_own_event(given: Given) -> None:
    """At its own next version, in the order in which they are named."""
    story = given(*SITE, edited(B, 2, name=("Sails", "Sail")))
    story = story.when(archive(ids(B, A)), by=TRAINER).then(archived(B, 3), archived(A, 2))
    story = story.when(restore(ids(A, B))).then(restored(A, 3), restored(B, 4))
    story = story.when(show(ids(A, B), False)).then(
        edited(A, 4, visible=(True, False)), edited(B, 5, visible=(True, False))
    )
    story.when(delete(ids(A, B))).then(deleted(A, 5, code="s"), deleted(B, 6, name="Sail"))


def test_what_is_so_already_records_nothing(given: Given) -> None:
    """It counts as unchanged, as does an archived segment that would be edited."""
    story = given(*SITE, archived(A, 2))
    command = archive(ids(A, B))
    story = story.when(command).then(archived(B, 2))
    assert (command.plan.changed, command.plan.unchanged) == (1, 1)
    assert command.plan.sample == [B, A]
    hide = show(ids(A, B, C), False)
    story.when(hide).then(edited(C, 2, visible=(True, False)))
    assert (hide.plan.changed, hide.plan.unchanged) == (1, 2)


def test_no_field_changes_nothing(given: Given) -> None:
    """As on one segment."""
    command = show(ids(A, B), True)
    given(*SITE).when(command).then_nothing()
    assert (command.plan.changed, command.plan.unchanged) == (0, 2)


def test_duplicates_count_once(given: Given) -> None:
    """Codes in any spelling are one segment."""
    command = archive(codes("s", " S ", "s"))
    given(*SITE).when(command).then(archived(A, 2))
    assert (command.plan.changed, command.plan.unchanged) == (1, 0)


def test_an_unknown_one_refuses_the_command(given: Given) -> None:
    """At its place, each of them; an id of the past is told apart."""
    story = given(*SITE, deleted(C, 2, name="Team"))
    story.when(archive(ids(A, "garbage", C, f"{A}@2"))).then_refused_for(
        (NOT_FOUND, ("segments", "ids", "1")),
        (NOT_FOUND, ("segments", "ids", "2")),
        (INVALID, ("segments", "ids", "3")),
    )
    story.when(archive(codes("s", "none", ""))).then_refused_for(
        (NOT_FOUND, ("segments", "codes", "1")), (NOT_FOUND, ("segments", "codes", "2"))
    )


def test_a_dry_run_tells_the_unknown_ones(given: Given) -> None:
    """At most a thousand."""
    command = planned(given(*SITE), archive(ids(*numbered(MAX_REJECTIONS + 1))))
    assert len(command.plan.rejections) == MAX_REJECTIONS


def test_a_filter_and_many_need_a_dry_run(given: Given) -> None:
    """A hundred that are named do not."""
    many = numbered(MAX_WITHOUT_PLAN + 1)
    story = given(*(created(segment) for segment in many))
    for segments in (filtered(), ids(*many)):
        story.when(archive(segments)).then_refused(INVALID, path=("planHash",))
        done = story.when(planned(story, archive(segments)))
        assert len(done.story.recorded(done.before)) == len(many)
        story = done.story.when(planned(story, restore(ids(*many)))).story
    done = story.when(archive(ids(*many[1:])))
    assert len(done.story.recorded(done.before)) == MAX_WITHOUT_PLAN


@pytest.mark.parametrize(
    ("segments", "meant"),
    [
        (SAILING, [A, B]),
        (filtered(codes=("S", "\0", "none")), [A]),
        (filtered(has_member=ANN), [B]),
        (filtered(visible=False), []),
        (filtered(statuses=frozenset()), []),
        (filtered(statuses=frozenset(SegmentStatus)), [A, B, C]),
    ],
    ids=["search", "codes", "member", "hidden", "no status", "any status"],
)
def test_a_filter_means_what_the_list_shows(
    given: Given, segments: SegmentSet, meant: list[SegmentId]
) -> None:
    """Exactly that."""
    story = given(*SITE, joined(B, ANN))
    command = planned(story, delete(segments))
    answer = story.when(command)
    events = [recorded.event for recorded in answer.story.recorded(answer.before)]
    assert [segment_of(event) for event in events] == meant


def raced(
    store: Recorder, before: Sequence[Event], rival: Event, command: SegmentsCommand
) -> tuple[Answer, FaultyStore]:
    """What comes of a command after its dry run, when that event is recorded before its own."""
    troubled = FaultyStore(store)
    story = Story(troubled).and_then(*before)
    command = planned(story, command)
    troubled.plan("append", [lambda: Given(store)(rival)])
    return story.when(command), troubled


STALE = {
    "one comes to be": (SAILING, created(SegmentId("segment_" + "f" * 32), name="Sand")),
    "one is renamed into it": (SAILING, edited(C, 2, name=("Team", "Saga"))),
    "one leaves it": (SAILING, edited(A, 2, name=("Sales", "Shop"))),
    "one is archived": (SAILING, archived(A, 2)),
    "one is deleted": (SAILING, deleted(A, 2, code="s")),
    "a member comes": (filtered(has_member=ANN), joined(A, ANN)),
    "a member goes": (filtered(has_member=ANN), left(B, ANN)),
    "one becomes hidden": (filtered(visible=True), edited(A, 2, visible=(True, False))),
    "a named one is archived": (ids(A, B), archived(A, 2)),
}
UNDISTURBED = {
    "another is renamed": (filtered(codes=("s",)), edited(C, 2, name=("Team", "Saga"))),
    "another is deleted": (SAILING, deleted(C, 2, name="Team")),
    "another becomes hidden": (
        filtered(search="sa", visible=True),
        edited(C, 2, visible=(True, False)),
    ),
    "a hidden one comes to be": (
        filtered(visible=True),
        created(SegmentId("segment_" + "f" * 32), visible=False),
    ),
    "another member comes": (filtered(has_member=ANN), joined(A, ANN.replace("aa", "bb"))),
    "a member of a named one comes": (ids(A, B), joined(A, ANN)),
    "one that is not named is archived": (ids(A, B), archived(C, 2)),
}


@pytest.mark.parametrize(("segments", "rival"), STALE.values(), ids=STALE)
def test_another_set_is_stale(store: Recorder, segments: SegmentSet, rival: Event) -> None:
    """Also when the set changes between the plan and its append: nothing is recorded."""
    command = archive(segments)
    answer, _ = raced(store, [*SITE, joined(B, ANN)], rival, command)
    assert answer.refused is not None
    assert [rejection.code for rejection in answer.refused.rejections] == [RejectionCode.PLAN_STALE]
    assert [recorded.event for recorded in answer.story.recorded(4)] == [rival]


@pytest.mark.parametrize(("segments", "rival"), UNDISTURBED.values(), ids=UNDISTURBED)
def test_what_does_not_matter_does_not_disturb(
    store: Recorder, segments: SegmentSet, rival: Event
) -> None:
    """It is recorded at the first attempt."""
    command = archive(segments)
    answer, troubled = raced(store, [*SITE, joined(B, ANN)], rival, command)
    assert answer.outcome is not None
    assert answer.outcome.events
    assert troubled.calls.count("append") == 1


def test_an_edit_between_is_not_lost(store: Recorder) -> None:
    """The plan is made anew, and counts on from its version."""
    rival = edited(A, 2, name=("Sales", "Sale"))
    answer, troubled = raced(store, SITE, rival, archive(SAILING))
    assert answer.outcome is not None
    assert answer.outcome.events == (archived(A, 3), archived(B, 2))
    assert troubled.calls.count("append") == 2


def test_a_code_that_changes_hands_means_its_new_owner(store: Recorder) -> None:
    """Named by it, the other one would be another set."""
    rival = edited(A, 2, code=("s", None))
    answer, _ = raced(store, SITE, rival, archive(codes("s")))
    assert answer.refused is not None
    assert [r.code for r in answer.refused.rejections] == [NOT_FOUND]


def test_the_same_again_gives_the_first_result(given: Given) -> None:
    """With the counts of then, by a filter, too; though by now it would mean others."""
    story = given(*SITE, archived(B, 2))
    every = filtered(statuses=frozenset(SegmentStatus))
    plan = planned(story, archive(every)).plan_hash
    story = story.when(archive(every, plan), command_id="c-1").then(archived(A, 2), archived(C, 2))
    again = archive(every, plan)
    answer = story.when(again, command_id="c-1")
    answer.then_repeated(archived(A, 2), archived(C, 2), position=6)
    assert again.unchanged_when_first_sent(2) == 1
    story.when(archive(ids(A)), command_id="c-1").then_refused(
        RejectionCode.COMMAND_REUSED, path=("commandId",)
    )
