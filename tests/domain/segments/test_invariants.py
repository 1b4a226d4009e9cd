"""What holds after any commands in any order: told by a model so naive that it is surely right.

The model keeps a list of segments as plain dicts, finds the owner of a code by looking at them
all, and knows nothing of events. The log must agree with it at every step and at the end.
"""

from __future__ import annotations

import operator
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from domain.command_result import CommandResult
from domain.kernel.commands.command import Command
from domain.kernel.ids import SegmentId
from domain.kernel.rejections import CommandRejected, RejectionCode
from domain.kernel.values import code_key
from domain.segments.events import SegmentCreated, SegmentDeleted
from domain.segments.state import Segment, evolve, segment_of
from domain.segments.values import SegmentStatus
from tests.domain.given import Story, request
from tests.domain.memory_recorder import MemoryRecorder
from tests.domain.segments.commands import archive, by_code, by_id, create, delete, restore, update

# Few codes, so that commands meet; each with what it is compared by.
CODES = {"a": "a", "A": "a", "ａ": "a", "ss": "ss", "ß": "ss", "b": "b"}
SEGMENTS = [SegmentId(f"segment_{number:032x}") for number in range(100)]


@dataclass(frozen=True)
class Step:
    """A command: what is to be done, to which segment (place in the list, or code), and how."""

    verb: str
    target: int | str = 0
    fields: dict[str, Any] = field(default_factory=dict)
    expected: int | None = None


_codes = st.sampled_from(list(CODES))
_fields = {
    "name": st.sampled_from(["Sales", "Team"]),
    "code": st.one_of(_codes, st.none()),
    "description": st.sampled_from(["", "*new*"]),
    "visible": st.booleans(),
}
_targets = st.one_of(st.integers(0, 3), _codes)
_expected = st.one_of(st.none(), st.none(), st.none(), st.integers(1, 4))
_creations = st.builds(Step, st.just("create"), fields=st.fixed_dictionaries(_fields))
_updates = st.builds(
    Step, st.just("update"), _targets, st.fixed_dictionaries({}, optional=_fields), _expected
)
_moves = st.builds(Step, st.just("update"), _codes, st.fixed_dictionaries({"code": _codes}))
_others = st.builds(
    Step, st.sampled_from(["archive", "restore", "delete"]), _targets, expected=_expected
)
_steps = st.one_of(_creations, _updates, _moves, _moves, _others)
histories = st.builds(
    operator.add, st.lists(_creations, min_size=2, max_size=3), st.lists(_steps, min_size=8)
)


class Model:
    """What should come of each step: a refusal's code, or whether anything changed."""

    def __init__(self) -> None:
        self.segments: list[dict[str, Any]] = []

    def do(self, step: Step) -> RejectionCode | bool:
        if step.verb == "create":
            return self._create(step.fields)
        segment = self._find(step.target)
        if segment is None or segment["deleted"]:
            return RejectionCode.NOT_FOUND
        if step.expected not in (None, segment["version"]):
            return RejectionCode.VERSION_CONFLICT
        changes: dict[str, Any] = {
            "update": step.fields,
            "archive": {"archived": True},
            "restore": {"archived": False},
            "delete": {"deleted": True},
        }[step.verb]
        if step.verb == "update" and segment["archived"]:
            return RejectionCode.ARCHIVED
        if self._holder(changes.get("code")) not in (None, segment):
            return RejectionCode.CODE_TAKEN
        if all(segment[name] == value for name, value in changes.items()):
            return False
        segment.update(changes, version=segment["version"] + 1)
        return True

    def _create(self, fields: dict[str, Any]) -> RejectionCode | bool:
        if self._holder(fields["code"]) is not None:
            return RejectionCode.CODE_TAKEN
        self.segments.append({**fields, "version": 1, "archived": False, "deleted": False})
        return True

    def _find(self, target: int | str) -> dict[str, Any] | None:
        if isinstance(target, str):
            return self._holder(target)
        return self.segments[target] if target < len(self.segments) else None

    def _holder(self, code: str | None) -> dict[str, Any] | None:
        """Whoever of those on the site has the code, compared as CODES says."""
        for segment in self.segments:
            held = segment["code"]
            if code and held and not segment["deleted"] and CODES[held] == CODES[code]:
                return segment
        return None


@dataclass
class Site:
    """The real thing, and what was sent to it."""

    story: Story = field(default_factory=lambda: Story(MemoryRecorder()))
    created: int = 0
    done: list[tuple[Command, str, CommandResult]] = field(default_factory=list)

    def do(self, step: Step) -> RejectionCode | bool:
        command = self._command(step)
        command_id = f"c-{len(self.done)}-{self.story.head}"
        try:
            outcome = self.send(command, command_id)
        except CommandRejected as refused:
            return refused.rejections[0].code
        self.done.append((self._command(step), command_id, outcome))
        self.created += step.verb == "create"
        return bool(outcome.events)

    def send(self, command: Command, command_id: str) -> CommandResult:
        """For the first time or again."""
        return self.story.dispatcher().dispatch(command, request(command, command_id=command_id))

    def segments(self) -> dict[str, Segment]:
        """A replay of the whole log."""
        replayed: dict[str, Segment] = {}
        for record in self.story.recorded():
            key = segment_of(record.event)
            after = evolve(replayed.get(key), record.event)
            assert after is not None
            replayed[key] = after
        return replayed

    def _command(self, step: Step) -> Command:
        if step.verb == "create":
            return create(SEGMENTS[self.created], **step.fields)
        ref = by_code(step.target) if isinstance(step.target, str) else by_id(SEGMENTS[step.target])
        if step.verb == "update":
            return update(ref, step.expected, **step.fields)
        verbs = {"archive": archive, "restore": restore, "delete": delete}
        return verbs[step.verb](ref, step.expected)


def _site_after(history: list[Step]) -> Site:
    site = Site()
    for step in history:
        site.do(step)
    return site


FORMER_HOLDER = [
    Step("create", fields={"name": "x", "code": "a", "description": "", "visible": True}),
    Step("update", 0, {"code": "b"}),
    Step("create", fields={"name": "y", "code": "a", "description": "", "visible": True}),
    Step("update", "b", {"code": "A"}),
]
"""Once gave two segments one code: the first one's own story made its old code look free."""


@example(FORMER_HOLDER)
@given(histories)
def test_every_command_does_what_the_model_says(history: list[Step]) -> None:
    """Step by step: refused with the same code, changed, or left as it was."""
    site, model = Site(), Model()
    assert [site.do(step) for step in history] == [model.do(step) for step in history]


@example(FORMER_HOLDER)
@given(histories)
def test_a_replay_of_the_log_equals_the_model(history: list[Step]) -> None:
    """All that can be known of the segments follows from the log alone."""
    model = Model()
    for step in history:
        model.do(step)
    replayed = _site_after(history).segments()
    assert list(replayed) == SEGMENTS[: len(model.segments)]
    for segment, expected in zip(replayed.values(), model.segments, strict=True):
        assert {name: getattr(segment, name) for name in _fields} == {
            name: expected[name] for name in _fields
        }
        assert (segment.version, segment.deleted) == (expected["version"], expected["deleted"])
        assert (segment.status is SegmentStatus.ARCHIVED) == expected["archived"]


@example(FORMER_HOLDER)
@given(histories)
def test_no_two_segments_on_the_site_have_one_code(history: list[Step]) -> None:
    """At no position: every beginning of the log is looked at."""
    segments: dict[str, Segment] = {}
    events = _site_after(history).story.recorded()
    assert events
    for record in events:
        segment = evolve(segments.get(segment_of(record.event)), record.event)
        assert segment is not None
        segments[segment.id] = segment
        held = Counter(code_key(s.code) for s in segments.values() if s.code and not s.deleted)
        assert all(count == 1 for count in held.values()), (record, held)


@given(histories)
def test_versions_count_from_1_without_a_gap(history: list[Step]) -> None:
    """One command, one event about a thing, one version; nothing after the deletion."""
    stories: dict[str, list[Any]] = {}
    for record in _site_after(history).story.recorded():
        stories.setdefault(segment_of(record.event), []).append(record.event)
    assert stories
    for story in stories.values():
        assert [event.version for event in story] == list(range(1, len(story) + 1))
        assert isinstance(story[0], SegmentCreated)
        assert not any(isinstance(event, SegmentDeleted) for event in story[:-1])


@given(histories)
def test_sending_everything_again_changes_nothing(history: list[Step]) -> None:
    """In any order, each command that recorded something gives its first result."""
    site = _site_after(history)
    head = site.story.head
    for command, command_id, first in reversed(site.done):
        if first.events:
            assert site.send(command, command_id) == replace(first, repeated=True)
    assert site.story.head == head
