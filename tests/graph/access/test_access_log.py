"""accessLog: who read the log, and who was refused."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal
from graph.access.outcome import AccessOutcome
from graph.objects.user_errors import ErrorCode
from tests.graph.access.access_queries import ACCESS_LOG, accesses, entries, outcomes
from tests.graph.audit.log_fixture import EVENTS
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER, all_but, name_of

CREATE = "createUserSegment"
HISTORY = '{ userSegment(segment: {code: "sales"}) { history { totalCount } } }'


@pytest.mark.parametrize("by", all_but(ADMIN, AUDITOR), ids=name_of)
async def test_it_is_for_admins_and_auditors(ask: GraphClient, by: Principal) -> None:
    """That others asked for it stands in it."""
    assert await ask.codes(ACCESS_LOG, by) == ["FORBIDDEN"]
    for reader in (ADMIN, AUDITOR):
        first = (await accesses(ask, reader))["nodes"][0]
        assert (first["actor"]["id"], first["outcome"]) == (by.id, "FORBIDDEN")


async def test_an_entry_says_who_what_and_when(ask: GraphClient) -> None:
    """By what they are called now; the ids and numbers of what they asked for."""
    segment = await ask.create("Sales")
    kept = {"segment": segment["id"], "upTo": {"position": 1}, "types": ["segment.created"]}
    await ask(EVENTS, AUDITOR, first=5, filter=kept)
    (entry,) = await entries(ask)
    assert entry.pop("at") > segment["createdAt"]
    assert entry == {
        "actor": {"id": AUDITOR.id, "displayName": "Auditor"},
        "roles": ["AUDITOR"],
        "operation": "events",
        "about": {
            "first": 5,
            "filter": {"segment": segment["id"], "upTo": {"position": 1}, "types": [None]},
        }
        | dict.fromkeys(["after", "last", "before", "minPosition"]),
        "outcome": "ALLOWED",
        "channel": "API",
        "requestId": "request-1",
    }


async def test_every_way_of_reading_the_log_is_noted(ask: GraphClient) -> None:
    """The whole of it, a segment's, one event, and this log itself."""
    segment = await ask.create("Sales", code="sales")
    await ask(EVENTS, ADMIN)
    await ask(HISTORY, TRAINER)
    await ask('{ node(id: "event_1") { id } }', AUDITOR)
    await ask('{ nodes(ids: ["event_1", "event_2"]) { id } }', AUDITOR)
    await ask(ACCESS_LOG, AUDITOR)
    assert [(e["actor"]["id"], e["operation"]) for e in (await accesses(ask))["nodes"]] == [
        (ADMIN.id, "events"),
        (TRAINER.id, "history"),
        (AUDITOR.id, "node"),
        (AUDITOR.id, "nodes"),
        (AUDITOR.id, "accessLog"),
        (AUDITOR.id, "accessLog"),
    ]
    history = (await entries(ask, operation="history"))[0]
    assert history["about"] == {"segment": segment["id"]}


async def test_proofs_and_reasons_are_parts_of_the_log(ask: GraphClient) -> None:
    """Whoever asks for them learns what it says."""
    await ask.create("Sales", code="sales")
    await ask.create_user("ann")
    await ask.add("sales", "ann")
    await ask.settle()
    await ask('{ inclusionProof(event: "event_1") { leafIndex } }', AUDITOR)
    await ask("{ consistencyProof(from: 1, to: 2) }", AUDITOR)
    why = '{ whyMember(segment: {code: "sales"}, user: {username: "ann"}) { since } }'
    await ask(why, TRAINER)
    assert [(e["operation"], e["about"]) for e in await entries(ask)] == [
        ("inclusionProof", {"event": "event_1"}),
        ("consistencyProof", {"from": 1, "to": 2}),
        ("whyMember", {"segment": {"code": None}, "user": {"username": None}}),
    ]


async def test_reading_anything_else_is_not_noted(ask: GraphClient) -> None:
    """It is the log that is watched."""
    segment = await ask.create("Sales")
    await ask("{ siteUserSegments { totalCount } users { totalCount } logStatus { head } }")
    await ask("query ($id: ID!) { node(id: $id) { id } }", id=segment["id"])
    assert await entries(ask) == []


async def test_denied_questions_are_noted(ask: GraphClient) -> None:
    """Whichever they are."""
    await ask.create("Sales", code="sales")
    past = "{ siteUserSegments(asOf: {position: 1}) { totalCount } }"
    assert await ask.codes(EVENTS, LEARNER) == ["FORBIDDEN"]
    assert await ask.codes(past, LEARNER) == ["FORBIDDEN"]
    assert await ask.codes("{ status: logStatus { head } }", NOBODY) == ["FORBIDDEN"]
    assert await outcomes(ask) == [
        (LEARNER.id, "events", "FORBIDDEN"),
        (LEARNER.id, "siteUserSegments", "FORBIDDEN"),
        (NOBODY.id, "logStatus", "FORBIDDEN"),
    ]


async def test_refused_commands_are_noted_with_why(ask: GraphClient) -> None:
    """Those that are done are in the log itself."""
    await ask.create("Sales", code="sales")
    await ask.command(CREATE, {"name": "Mine"}, LEARNER)
    await ask.command(CREATE, {"name": "", "code": "x"}, TRAINER)
    await ask.command(CREATE, {"name": "Sales", "code": "SALES"}, TRAINER)
    assert await outcomes(ask) == [
        (LEARNER.id, CREATE, "FORBIDDEN"),
        (TRAINER.id, CREATE, "INVALID"),
        (TRAINER.id, CREATE, "CODE_TAKEN"),
    ]


async def test_nothing_personal_is_kept(ask: GraphClient) -> None:
    """Neither names, nor addresses, nor codes, nor reasons: only that they were given."""
    given = {
        "username": "ann",
        "email": "ann@example.org",
        "firstName": "Ann",
        "lastName": "Smith",
        "code": "123456",
        "commandId": "c-1",
        "reason": "Ann Smith moves to Berlin.",
    }
    await ask.command("createUser", given, TRAINER)
    users = {"ids": ["user_019ca9450de877e0bc6b8398cda33856", "Ann Smith"]}
    await ask.command("addUsersToSegment", {"segment": {"code": "a"}, "users": users}, LEARNER)
    created, added = await entries(ask)
    assert created["about"] == {"input": dict.fromkeys(given) | {"commandId": "c-1"}}
    assert added["about"]["input"]["segment"] == {"code": None}
    assert added["about"]["input"]["users"] == {"ids": [users["ids"][0], None]}


async def test_of_a_long_list_the_first_hundred_are_kept(ask: GraphClient) -> None:
    """And how many there were."""
    users = {"usernames": [f"user-{number}" for number in range(150)]}
    await ask.command("addUsersToSegment", {"segment": {"code": "a"}, "users": users}, LEARNER)
    (entry,) = await entries(ask)
    assert entry["about"]["input"]["users"]["usernames"] == [*[None] * 100, 150]


async def test_it_is_kept_to_an_actor_an_operation_an_outcome_a_time(ask: GraphClient) -> None:
    """All of which combine."""
    await ask.create("Sales", code="sales")
    await ask(EVENTS, ADMIN)
    await ask(EVENTS, AUDITOR)
    assert await ask.codes(EVENTS, TRAINER) == ["FORBIDDEN"]
    await ask(HISTORY, TRAINER)
    everything = await entries(ask)
    times = [entry["at"] for entry in everything]
    for kept, expected in (
        ({"actor": TRAINER.id}, [2, 3]),
        ({"operation": "events"}, [0, 1, 2]),
        ({"outcome": ["ALLOWED"]}, [0, 1, 3]),
        ({"outcome": ["ALLOWED", "FORBIDDEN"]}, [0, 1, 2, 3]),
        ({"outcome": []}, []),
        ({"after": times[0], "upTo": times[2]}, [1, 2]),
        ({"actor": TRAINER.id, "outcome": ["FORBIDDEN"], "operation": "events"}, [2]),
        ({"actor": NOBODY.id}, []),
    ):
        assert await entries(ask, **kept) == [everything[place] for place in expected]


@pytest.mark.parametrize(
    "kept",
    [{"actor": ""}, {"operation": "a" * 101}, {"operation": "a\0b"}, {"actor": "a\nb"}],
    ids=["actor empty", "operation too long", "operation with NUL", "actor of two lines"],
)
async def test_what_there_cannot_be_is_told(ask: GraphClient, kept: dict[str, str]) -> None:
    """As for events."""
    error = await ask.only_error(ACCESS_LOG, AUDITOR, filter=kept)
    assert error["extensions"] == {"code": "INVALID", "argument": "filter"}


def test_every_code_of_a_refusal_is_an_outcome() -> None:
    """Each is logged as it is told."""
    refusals = {code.value for code in ErrorCode}
    assert {outcome.value for outcome in AccessOutcome} == refusals | {"ALLOWED"}


async def test_pages_follow_each_other_in_both_directions(ask: GraphClient) -> None:
    """Counted over all pages."""
    for _ in range(5):
        await ask(EVENTS, ADMIN)
    kept = {"operation": "events"}
    first = await accesses(ask, first=2, filter=kept)
    second = await accesses(ask, first=9, after=first["pageInfo"]["endCursor"], filter=kept)
    newest = await accesses(ask, last=3, filter=kept)
    assert first["totalCount"] == 5
    assert first["pageInfo"]["hasNextPage"] is True
    assert second["nodes"] == newest["nodes"]
    older = await accesses(ask, last=9, before=newest["pageInfo"]["startCursor"], filter=kept)
    assert older["nodes"] == first["nodes"]
