"""What surrounds every command, whatever it does: its id, its envelope, where the log stood."""

from __future__ import annotations

from dataclasses import replace

from domain.dispatch import Dispatcher
from domain.kernel.envelope import ActorStamp, Channel, CommandRequest, Envelope
from domain.kernel.principal import ActorKind, Principal, Role
from domain.kernel.rejections import RejectionCode
from domain.kernel.values import parse_command_id, parse_reason
from tests.domain.given import NOW, Given, request
from tests.domain.principals import ADMIN, TRAINER
from tests.domain.segments.commands import archive, by_code, by_id, create, update
from tests.domain.segments.events import A, B, C, created
from tests.domain.snapshots import StoodStill


def test_without_a_command_id_one_is_made(given: Given) -> None:
    """It is in the outcome, in the envelope and among the tags, and another one each time."""
    story = given()
    outcomes = [story.when(create(segment)).outcome for segment in (A, B)]
    ids = [outcome.command_id for outcome in outcomes if outcome]
    assert len(set(ids)) == 2
    assert [parse_command_id(text) for text in ids] == ids
    assert [record.envelope.command_id for record in story.recorded()] == ids


def test_another_actor_may_not_use_the_same_id(given: Given) -> None:
    """Nobody gets at another's result by guessing ids; the same person with other roles does."""
    story = given().when(create(A), command_id="c-1").then(created(A))
    refused = story.when(create(A), by=TRAINER, command_id="c-1")
    refused.then_refused(RejectionCode.COMMAND_REUSED, path=("commandId",))
    promoted = replace(ADMIN, roles=frozenset(Role))
    story.when(create(A), by=promoted, command_id="c-1").then_repeated(created(A), position=1)


def test_another_reason_is_other_content(given: Given) -> None:
    """The reason is recorded, so it is part of what was asked."""
    story = given().when(create(A), command_id="c-1", reason="x").then(created(A))
    again = story.when(create(A), command_id="c-1", reason="y")
    again.then_refused(RejectionCode.COMMAND_REUSED, path=("commandId",))


def test_the_hash_of_a_request_needs_the_key(given: Given) -> None:
    """Who has only the log cannot find out by guessing what was asked."""
    story = given()
    for segment, key in ((A, b"one key"), (B, b"another")):
        dispatcher = Dispatcher(story.log, lambda: NOW, key, StoodStill(story.log))
        dispatcher.dispatch(create(segment), request(create(segment)))
    one, another = (record.envelope.request_hash for record in story.recorded())
    assert (len(one), len(another)) == (64, 64)
    assert one != another


def test_the_envelope_says_who_why_when_and_from_where(given: Given) -> None:
    """The actor as an opaque id with the roles held then, never a name."""
    story = given()
    who = Principal(
        id="robot-7",
        kind=ActorKind.SERVICE,
        roles=frozenset({Role.TRAINING_MANAGER, Role.AUDITOR}),
        display_name="Payroll",
        on_behalf_of="user-3",
    )
    asked = CommandRequest(
        principal=who,
        channel=Channel.UPLOAD,
        correlation_id="request-9",
        command_id=parse_command_id("c-1"),
        reason=parse_reason("Reorganised"),
        causation_id="event_3",
    )
    story.dispatcher().dispatch(create(A), asked)
    [record] = story.recorded()
    assert record.envelope == Envelope(
        actor=ActorStamp(
            id="robot-7", kind=ActorKind.SERVICE, roles=(Role.AUDITOR, Role.TRAINING_MANAGER)
        ),
        on_behalf_of="user-3",
        channel=Channel.UPLOAD,
        reason="Reorganised",
        command_id="c-1",
        correlation_id="request-9",
        causation_id="event_3",
        recorded_at="2026-03-01T12:30:00.000250Z",
        schema_version=1,
        request_hash=record.envelope.request_hash,
    )
    assert record.envelope.instant == NOW


def test_every_answer_says_where_the_log_stood(given: Given) -> None:
    """Done, unchanged, refused, reused: the position is that on which it was decided."""
    story = given(created(A), created(B, code="s"), created(C))
    answers = [
        story.when(update(by_id(A), name="Sales")),
        story.when(update(by_id(A), code="s")),
        story.when(update(by_code("t"), name="x")),
        story.when(archive(by_id(B)), command_id="c-1"),
        story.when(archive(by_id(A)), command_id="c-1"),
        story.when(create(A, code="s")),
    ]
    positions = [(a.outcome or a.refused).position for a in answers]  # type: ignore[union-attr]
    assert positions == [3, 3, 3, 4, 4, 4]
