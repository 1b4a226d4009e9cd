"""What holds after any commands in any order: told by a model so naive that it is surely right.

The model keeps a list of people as plain dicts, finds holders by looking at them all, and knows
nothing of events, hashes or keys. The log must agree with it at every step and at the end.
"""

from __future__ import annotations

import operator
from collections import Counter
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.command_result import CommandResult
from domain.kernel.commands.command import Command
from domain.kernel.ids import UserId
from domain.kernel.principal import Role
from domain.kernel.rejections import CommandRejected, RejectionCode
from domain.memberships.erase_user import EraseUser
from domain.people.active_site_admins import ActiveSiteAdmins
from domain.people.identifiers.lookup import UserKey
from domain.people.state import User, evolve, user_of
from domain.people.values import UserStatus
from tests.domain.given import Story, request
from tests.domain.memory_recorder import MemoryRecorder
from tests.domain.people.commands import assign, create, ref, update
from tests.domain.people.events import MemoryVault

# Few values, so that commands meet; each with what it is compared by.
VALUES: dict[str, dict[str, str]] = {
    "username": {"ann": "ann", "ANN": "ann", "bo": "bo", "cy": "cy"},
    "email": {"a@x": "a@x", "A@X": "a@x", "b@x": "b@x", "c@x": "c@x"},
    "code": {"7": "7", "７": "7", "8": "8"},
}
TAKEN = {
    "username": RejectionCode.USERNAME_TAKEN,
    "email": RejectionCode.EMAIL_TAKEN,
    "code": RejectionCode.CODE_TAKEN,
}
STATUSES = [UserStatus.ACTIVE, UserStatus.SUSPENDED]
IDS = [UserId(f"user_{number:032x}") for number in range(100)]

Target = int | tuple[str, str]
Result = bool | set[RejectionCode]


@dataclass(frozen=True)
class Step:
    """A command: what is to be done, to whom (place in the list, or what they hold), and how."""

    verb: str
    target: Target = 0
    fields: dict[str, Any] = field(default_factory=dict)
    expected: int | None = None


_personal = {
    "username": st.sampled_from(list(VALUES["username"])),
    "email": st.sampled_from(list(VALUES["email"])),
    "first_name": st.sampled_from(["Ann", "Bo"]),
    "code": st.one_of(st.none(), st.sampled_from(list(VALUES["code"]))),
}
_roles = st.sets(st.sampled_from([Role.SITE_ADMIN, Role.LEARNER])).map(sorted)
_targets = st.one_of(
    st.integers(0, 3),
    *(st.tuples(st.just(by), st.sampled_from(list(values))) for by, values in VALUES.items()),
)
_expected = st.one_of(st.none(), st.none(), st.none(), st.integers(1, 4))
_creations = st.builds(
    Step, st.just("create"), fields=st.fixed_dictionaries({**_personal, "roles": _roles})
)
_changeable = {**_personal, "status": st.sampled_from(STATUSES)}
_updates = st.builds(
    Step, st.just("update"), _targets, st.fixed_dictionaries({}, optional=_changeable), _expected
)
_assignments = st.builds(
    Step, st.just("assign"), _targets, st.fixed_dictionaries({"roles": _roles}), _expected
)
_erasures = st.builds(Step, st.just("erase"), _targets)
_steps = st.one_of(_creations, _updates, _updates, _assignments, _erasures)
histories = st.builds(
    operator.add, st.lists(_creations, min_size=3, max_size=4), st.lists(_steps, min_size=8)
)


class Model:
    """What should come of each step: the codes of a refusal, or whether anything changed."""

    def __init__(self) -> None:
        self.people: list[dict[str, Any]] = []

    def do(self, step: Step) -> Result:
        if step.verb == "create":
            return self._create(step.fields)
        user = self._find(step.target)
        if user is None or user["erased"]:
            return {RejectionCode.NOT_FOUND}
        if step.expected not in (None, user["version"]):
            return {RejectionCode.VERSION_CONFLICT}
        changes = {"erased": True} if step.verb == "erase" else _as_kept(step.fields)
        return self._taken(changes, user) or self._change(user, changes)

    def _create(self, fields: dict[str, Any]) -> Result:
        kept = _as_kept(fields)
        taken = self._taken(kept, None)
        if not taken:
            state = {"version": 1, "status": UserStatus.ACTIVE, "erased": False}
            self.people.append({**kept, **state})
        return taken or True

    def _change(self, user: dict[str, Any], changes: dict[str, Any]) -> Result:
        if all(user[name] == value for name, value in changes.items()):
            return False
        if [user] == self.admins() and not _is_admin({**user, **changes}):
            return {RejectionCode.INVALID}
        user.update(changes, version=user["version"] + 1)
        return True

    def admins(self) -> list[dict[str, Any]]:
        return [user for user in self.people if _is_admin(user)]

    def _taken(self, fields: dict[str, Any], by: dict[str, Any] | None) -> set[RejectionCode]:
        return {
            code
            for name, code in TAKEN.items()
            if self._holder(name, fields.get(name)) not in (None, by)
        }

    def _find(self, target: Target) -> dict[str, Any] | None:
        if isinstance(target, tuple):
            return self._holder(*target)
        return self.people[target] if target < len(self.people) else None

    def _holder(self, name: str, value: str | None) -> dict[str, Any] | None:
        """Whoever of those on the site has the value, compared as VALUES says."""
        keys = VALUES[name]
        for user in self.people:
            held = user[name]
            if value and held and not user["erased"] and keys[held] == keys[value]:
                return user
        return None


def _is_admin(user: dict[str, Any]) -> bool:
    active = user["status"] is UserStatus.ACTIVE and not user["erased"]
    return active and Role.SITE_ADMIN in user["roles"]


def _as_kept(fields: dict[str, Any]) -> dict[str, Any]:
    folded = {name: value.casefold() for name, value in fields.items() if name == "username"}
    return {**fields, **folded}


@dataclass
class Site:
    """The real thing, and what was sent to it."""

    story: Story = field(default_factory=lambda: Story(MemoryRecorder()))
    created: int = 0
    done: list[tuple[Command, str, CommandResult]] = field(default_factory=list)

    def do(self, step: Step) -> Result:
        command_id = f"c-{len(self.done)}-{self.story.head}"
        try:
            outcome = self.send(self._command(step), command_id)
        except CommandRejected as refused:
            return {rejection.code for rejection in refused.rejections}
        self.done.append((self._command(step), command_id, outcome))
        self.created += step.verb == "create"
        return bool(outcome.events)

    def send(self, command: Command, command_id: str) -> CommandResult:
        """For the first time or again."""
        return self.story.dispatcher().dispatch(command, request(command, command_id=command_id))

    def people(self) -> dict[str, User]:
        """A replay of the whole log."""
        replayed: dict[str, User] = {}
        for record in self.story.recorded():
            key = user_of(record.event)
            after = evolve(replayed.get(key), record.event)
            assert after is not None
            replayed[key] = after
        return replayed

    def _command(self, step: Step) -> Command:
        if step.verb == "create":
            return create(IDS[self.created], **step.fields)
        named = step.target
        who = ref(named[1], UserKey(named[0])) if isinstance(named, tuple) else ref(IDS[named])
        if step.verb == "update":
            return update(who, expected_version=step.expected, **step.fields)
        if step.verb == "assign":
            return assign(*step.fields["roles"], who=who, version=step.expected)
        return EraseUser(who)


def _site_after(history: list[Step]) -> Site:
    site = Site()
    for step in history:
        site.do(step)
    return site


@given(histories)
def test_every_command_does_what_the_model_says(history: list[Step]) -> None:
    """Step by step: refused for the same reasons, changed, or left as it was."""
    site, model = Site(), Model()
    assert [site.do(step) for step in history] == [model.do(step) for step in history]


@given(histories)
def test_a_replay_of_the_log_equals_the_model(history: list[Step]) -> None:
    """All that can be known of people follows from the log, and from the keys what is sealed."""
    model = Model()
    for step in history:
        model.do(step)
    replayed = _site_after(history).people()
    assert list(replayed) == IDS[: len(model.people)]
    for user, expected in zip(replayed.values(), model.people, strict=True):
        assert (user.version, user.is_on_the_site) == (expected["version"], not expected["erased"])
        assert user.roles == set(expected["roles"])
        if not expected["erased"]:
            assert user.status is expected["status"]
            person = user.decrypted(MemoryVault())
            assert {name: getattr(person, name) for name in _personal} == {
                name: expected[name] for name in _personal
            }


@given(histories)
def test_no_two_people_on_the_site_hold_the_same(history: list[Step]) -> None:
    """At no position: every beginning of the log is looked at."""
    people: dict[str, User] = {}
    events = _site_after(history).story.recorded()
    assert events
    for record in events:
        user = evolve(people.get(user_of(record.event)), record.event)
        assert user is not None
        people[user.id] = user
        there = [user for user in people.values() if user.is_on_the_site]
        held = Counter(hashed for user in there for hashed in astuple(user.hashed) if hashed)
        assert all(count == 1 for count in held.values()), (record, held)


@given(histories)
def test_once_there_is_an_active_site_admin_there_always_is(history: list[Step]) -> None:
    """At every position after the first; the tagged events alone tell who they are."""
    people: dict[str, User] = {}
    tagged, had = ActiveSiteAdmins(), False
    events = _site_after(history).story.recorded()
    assert events
    for record in events:
        user = evolve(people.get(user_of(record.event)), record.event)
        assert user is not None
        people[user.id] = user
        if "site-admins" in record.tags:
            tagged.apply(record.event)
        active = {u.id for u in people.values() if u.status is UserStatus.ACTIVE}
        admins = {u for u in active if Role.SITE_ADMIN in people[u].roles}
        assert admins or not had
        had = had or bool(admins)
        assert {u for u in people if tagged.is_last(u)} == (admins if len(admins) == 1 else set())


@given(histories)
def test_versions_count_from_1_without_a_gap(history: list[Step]) -> None:
    """One command, one event about a user, one version."""
    stories: dict[str, list[Any]] = {}
    for record in _site_after(history).story.recorded():
        stories.setdefault(user_of(record.event), []).append(record.event)
    assert stories
    for story in stories.values():
        assert [event.version for event in story] == list(range(1, len(story) + 1))


@given(histories)
def test_sending_everything_again_changes_nothing(history: list[Step]) -> None:
    """In any order, each command that recorded something gives its first result."""
    site = _site_after(history)
    head = site.story.head
    for command, command_id, first in reversed(site.done):
        if first.events:
            assert site.send(command, command_id) == replace(first, repeated=True)
    assert site.story.head == head
