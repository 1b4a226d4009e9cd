"""Many commands at the same moment: each is decided on what is so when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from threading import Barrier
from typing import Any

from domain.kernel.commands.command import Command
from domain.kernel.ids import new_segment_id
from domain.kernel.rejections import RejectionCode, Taken
from domain.segments.create_segment import CreateSegment
from domain.segments.events import SegmentCreated, SegmentEdited
from domain.segments.state import segment_of
from tests.domain.given import NOW, Answer, Given, Story
from tests.domain.segments.commands import by_id, create, update
from tests.domain.segments.events import A, created, edited

WAIT_TIMEOUT_S = 30
THREADS = 16


def _create(**fields: Any) -> CreateSegment:
    """As the API does it: every sending brings a fresh id."""
    return create(new_segment_id(NOW), **fields)


def _at_once(story: Story, commands: Sequence[Callable[[], Command]], **how: Any) -> list[Answer]:
    """Answers of commands that are sent at the same moment, each by a thread of its own."""
    barrier = Barrier(len(commands))

    def send(build: Callable[[], Command]) -> Answer:
        command = build()
        barrier.wait(WAIT_TIMEOUT_S)
        return story.when(command, **how)

    with ThreadPoolExecutor(len(commands)) as threads:
        sent = [threads.submit(send, build) for build in commands]
        return [answer.result(WAIT_TIMEOUT_S) for answer in sent]


def test_of_many_creations_with_one_code_exactly_one_wins(given: Given) -> None:
    """Spelled differently; every other one is told who holds it, and where the log stood."""
    story = given()
    spellings = ["Sales", "sales", "SALES", "ｓａｌｅｓ", " sAlEs", "ＳＡＬＥＳ", "saleſ", "Sales "]
    codes = (spellings * 2)[:THREADS]
    answers = _at_once(story, [partial(_create, code=code) for code in codes])
    [winner] = [answer.outcome for answer in answers if answer.outcome]
    rejections = [answer.refused for answer in answers if answer.refused]
    assert winner.position == 1
    assert len(rejections) == THREADS - 1
    for refused in rejections:
        [rejection] = refused.rejections
        assert isinstance(rejection, Taken)
        assert (rejection.path, rejection.held_by) == (("code",), segment_of(winner.events[0]))
        assert refused.position == 1
    assert [record.event for record in story.recorded()] == list(winner.events)


def test_of_one_command_sent_many_times_at_once_exactly_one_is_recorded(given: Given) -> None:
    """All senders get the same result; one of them is told that it was the first."""
    story = given()
    commands = [partial(_create, name="Sales")] * THREADS
    outcomes = [answer.outcome for answer in _at_once(story, commands, command_id="c-1")]
    assert {(o.events, o.position) for o in outcomes if o} == {((story.recorded()[0].event,), 1)}
    assert sorted(o.repeated for o in outcomes if o) == [False] + [True] * (THREADS - 1)
    assert story.head == 1


def test_of_two_contents_under_one_id_the_first_counts(given: Given) -> None:
    """The other is COMMAND_REUSED, and nothing of it is recorded."""
    story = given()
    commands = [partial(_create, name=f"n{n % 2}") for n in range(THREADS)]
    answers = _at_once(story, commands, command_id="c-1")
    [record] = story.recorded()
    assert isinstance(record.event, SegmentCreated)
    done = [answer.outcome for answer in answers if answer.outcome]
    refused = [answer.refused.rejections[0].code for answer in answers if answer.refused]
    assert [outcome.events for outcome in done] == [(record.event,)] * (THREADS // 2)
    assert refused == [RejectionCode.COMMAND_REUSED] * (THREADS // 2)


def test_many_changes_of_one_segment_are_all_made(given: Given) -> None:
    """Each in its turn: versions without gaps, each event's before is the one before it's after."""
    story = given(created(A, name="0"))
    commands = [partial(update, by_id(A), name=f"n{n}") for n in range(THREADS)]
    answers = _at_once(story, commands)
    assert all(answer.outcome and not answer.outcome.repeated for answer in answers)
    edits = [record.event for record in story.recorded(after=1)]
    names = ["0", *(e.name.after for e in edits if isinstance(e, SegmentEdited) and e.name)]
    assert sorted(names) == sorted(["0", *(f"n{n}" for n in range(THREADS))])
    assert edits == [
        edited(A, n + 2, name=(before, after)) for n, (before, after) in enumerate(pairwise(names))
    ]
