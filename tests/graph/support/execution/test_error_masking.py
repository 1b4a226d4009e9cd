"""Errors: each carries a code, and nothing unexpected leaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

import psycopg
import pytest
from psycopg import OperationalError
from psycopg.errors import DiskFull
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import PreExecutionError
from structlog.testing import capture_logs

from domain.command_result import Unavailable
from domain.kernel.values import CommandId
from graph.schema import Query
from graph.support.context import Context
from graph.support.execution.error_masking import ErrorMasking
from graph.support.execution.schema import Schema
from graph.support.scalars import CONFIG
from service.settings import Settings
from service.site import open_site
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN

SECRET = "password=hunter2"
LIST = "{ siteUserSegments { totalCount } viewer { id } }"


def wrong(lines: Iterable[MutableMapping[str, Any]]) -> list[MutableMapping[str, Any]]:
    """Not what threads of the site say meanwhile of how they get on."""
    return [line for line in lines if line["log_level"] != "info"]


class Failing:
    """Stands for a part of the site of which every use fails."""

    def __init__(self, failure: Exception) -> None:
        self._failure = failure

    def __getattr__(self, name: str) -> Any:
        return self

    async def __call__(self, *_: object) -> Any:
        raise self._failure


async def test_the_unexpected_is_masked(ask_late: GraphClient) -> None:
    """The client gets the request's id, the log the failure under the same id."""
    ask = ask_late.on(segments=Failing(RuntimeError(SECRET)))
    with capture_logs() as lines:
        result = await ask.run(LIST)
    assert result.errors is not None
    (error,) = result.errors
    assert error.extensions == {"code": "INTERNAL", "requestId": "request-1"}
    assert error.path == ["siteUserSegments"]
    assert SECRET not in str(error.formatted)
    (line,) = wrong(lines)
    assert (line["log_level"], line["request_id"]) == ("error", "request-1")
    assert str(line["exc_info"]) == SECRET


async def test_a_failure_spoils_no_more_than_its_field(ask: GraphClient) -> None:
    """The others that may be null are answered."""
    segment = await ask.create("Sales")
    query = 'query ($id: ID!) { userSegment(segment: {code: "x"}) { id } node(id: $id) { id } }'
    data = (await ask.run(query, id=segment["id"])).data
    assert data == {"userSegment": None, "node": {"id": segment["id"]}}
    failing = ask.on(audit=Failing(RuntimeError(SECRET)))
    query = 'query ($id: ID!) { event: node(id: "event_1") { id } node(id: $id) { id } }'
    with capture_logs():
        result = await failing.run(query, id=segment["id"])
    assert result.data == {"event": None, "node": {"id": segment["id"]}}
    assert [error.path for error in result.errors or []] == [["event"]]


class Broken(SchemaExtension):
    """Fails around every operation."""

    def on_validate(self) -> Iterator[None]:
        yield
        raise RuntimeError(SECRET)


async def test_the_unexpected_is_masked_before_execution_too(ask: GraphClient) -> None:
    """Whatever fails there, if it is not the document."""
    schema = Schema(Query, extensions=[ErrorMasking, Broken], config=CONFIG)
    with capture_logs() as lines:
        result = await schema.execute(LIST, context_value=Context(ask.site, ADMIN, "request-1"))
    assert isinstance(result, PreExecutionError)
    (error,) = result.errors or []
    assert error.extensions == {"code": "INTERNAL", "requestId": "request-1"}
    assert SECRET not in str(error.formatted)
    assert [str(line["exc_info"]) for line in wrong(lines)] == [SECRET]


@pytest.mark.parametrize("part", ["segments", "audit", "actors"])
async def test_a_database_that_does_not_answer_is_unavailable(
    ask_late: GraphClient, part: str
) -> None:
    """It is worth trying again, and no fault of ours to be logged with a traceback."""
    ask = ask_late.on(**{part: Failing(OperationalError(SECRET))})
    queries = {
        "segments": "{ siteUserSegments { totalCount } }",
        "audit": "{ logStatus { head } }",
        "actors": 'mutation { createUserSegment(input: {name: "S"}) { position } }',
    }
    with capture_logs() as lines:
        error = await ask.only_error(queries[part])
    assert error["extensions"] == {"code": "UNAVAILABLE"}
    assert SECRET not in str(error)
    assert SECRET not in str(lines)
    assert [line["log_level"] for line in wrong(lines)] == ["warning"]


async def test_a_full_disk_is_told_as_such(ask_late: GraphClient) -> None:
    """Also to reads, which may need room to sort; no more of what the database said."""
    ask = ask_late.on(segments=Failing(DiskFull(SECRET)))
    error = await ask.only_error("{ siteUserSegments { totalCount } }")
    assert error["extensions"] == {"code": "UNAVAILABLE"}
    assert error["message"] == "The database's disk is full. Try again."


async def test_a_question_that_takes_too_long_is_ended(
    settings: Settings, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the server; whoever asked is told what to do, and it is said in the log, once."""
    monkeypatch.setattr("service.database.pools.READ_TIMEOUT_S", 0.05)
    async with open_site(settings, database_url, project=False) as site:
        with psycopg.connect(database_url) as holder, capture_logs() as lines:
            holder.execute("LOCK TABLE read_model.segments")
            error = await GraphClient(site).only_error("{ siteUserSegments { totalCount } }")
    assert error["extensions"] == {"code": "LIMIT"}
    assert "longer than the 30 s" in error["message"]
    assert "Ask for less" in error["message"]
    assert error["path"] == ["siteUserSegments"]
    assert [line["event"] for line in wrong(lines)] == ["a question took too long"]


async def test_a_log_that_cannot_be_reached_is_unavailable(ask_late: GraphClient) -> None:
    """The command may be repeated under its commandId."""
    ask = ask_late.on(
        dispatch=Failing(Unavailable("the log could not be reached", CommandId("c-1")))
    )
    create = 'mutation { createUserSegment(input: {name: "S"}) { position errors { code } } }'
    error = await ask.only_error(create)
    assert error["extensions"] == {"code": "UNAVAILABLE", "commandId": "c-1"}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("  ", id="blank"),
        pytest.param("{", id="unfinished"),
        pytest.param("{ nope }", id="unknown field"),
        pytest.param("{ viewer }", id="no selection"),
        pytest.param("{ viewer { nope } }", id="unknown field within"),
        pytest.param("query ($x: Nope) { viewer { id } }", id="unknown type"),
        pytest.param("{ viewer { id } } { viewer { id } }", id="two without names"),
        pytest.param(
            "query A { viewer { id } } query B { viewer { id } }", id="two, and no choice"
        ),
        pytest.param(
            '{ siteUserSegments(first: "one") { totalCount } }', id="argument of another type"
        ),
        pytest.param(
            "query ($n: Int = 99999999999) { siteUserSegments(first: $n) { totalCount } }",
            id="default too large",
        ),
        pytest.param(
            "query ($n: Int!) { siteUserSegments(first: $n) { totalCount } }", id="variable missing"
        ),
        pytest.param(
            'mutation { createUserSegment(input: {code: "x"}) { position } }',
            id="input field missing",
        ),
        pytest.param(
            "mutation { createUserSegment(input: {name: null}) { position } }",
            id="input field null",
        ),
        pytest.param(
            'mutation { createUserSegment(input: {name: "x", nope: 1}) { position } }',
            id="unknown input field",
        ),
    ],
)
async def test_an_operation_that_cannot_run_is_invalid(ask_late: GraphClient, query: str) -> None:
    """With every error located, and nothing recorded."""
    result = await ask_late.run(query)
    assert isinstance(result, PreExecutionError)
    codes = {(error.extensions or {})["code"] for error in result.errors or []}
    assert codes == {"INVALID"}
    assert await ask_late.head() == 0


TYPOS = """{
    siteUserSegment { totalCount } viewr { id } logStatus { haed }
    siteUserSegments(frist: 1, filter: {stauts: [ACTIVE], status: [ACTIV]}) { totalCount }
    ... on Qery { viewer { id } }
}"""
WRONG_VALUE = "query ($f: SegmentFilter) { siteUserSegments(filter: $f) { totalCount } }"


@pytest.mark.parametrize("is_open", [True, False], ids=["introspection open", "closed"])
async def test_names_are_suggested_where_the_schema_may_be_asked_for(
    ask_late: GraphClient, is_open: bool
) -> None:
    """Elsewhere a stranger is not told what the schema holds."""
    asking = ask_late.on(introspection=is_open)
    result = await asking.run(TYPOS)
    given = await asking.run(WRONG_VALUE, f={"status": ["ACTIV"]})
    messages = [error.message for one in (result, given) for error in one.errors or []]
    assert len(messages) >= 7
    told = [message for message in messages if "Did you mean" in message]
    assert len(told) >= 5 if is_open else told == []


async def test_of_several_operations_the_named_one_runs(ask_late: GraphClient) -> None:
    """Unnamed, none of them does, known text or not."""
    both = "query A { viewer { id } } query B { viewer { kind } }"
    for _ in range(2):
        result = await ask_late.run(both, operation="B")
        assert result.data == {"viewer": {"kind": "USER"}}
        assert await ask_late.codes(both) == ["INVALID"]
