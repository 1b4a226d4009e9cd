"""What is too long is refused before it is parsed, coerced or looked up."""

from __future__ import annotations

import asyncio
import threading
from copy import deepcopy
from typing import Any

import pytest
from strawberry.types import ExecutionResult

from domain.kernel.principal import Principal
from domain.memberships import user_refs
from domain.people.identifiers.lookup import UserKey, lookup_key
from graph.schema import schema
from graph.support.context import Context
from graph.support.errors import status_of
from graph.support.execution.error_masking import MAX_MESSAGE_LENGTH
from graph.support.execution.size_limits import MAX_ITEMS, MAX_VARIABLES_BYTES
from graph.support.limits.cost import MAX_DOCUMENT_BYTES
from tests.graph.client import COMMANDS, GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER

VIEWER = "{ viewer { kind } }"
FILTERED = """query ($filter: SegmentFilter, $more: SegmentFilter) {
    siteUserSegments(filter: $filter) { totalCount }
    more: siteUserSegments(filter: $more) { totalCount } }"""
ADDED = COMMANDS["addUsersToSegment"]
ADDED_AND_MORE = """mutation ($input: SegmentMembersInput!, $more: DeleteUserSegmentInput!) {
    addUsersToSegment(input: $input) { changed }
    deleteUserSegment(input: $more) { position } }"""


async def _sent(
    ask: GraphClient,
    query: str,
    size: int,
    variables: dict[str, Any] | None = None,
    by: Principal = ADMIN,
) -> ExecutionResult:
    context = Context(ask.site, by, "request-1", size=size)
    return await schema.execute(query, variables, context)


def _codes(result: ExecutionResult) -> list[str]:
    return [str((error.extensions or {})["code"]) for error in result.errors or ()]


def _of_bytes(size: int) -> str:
    """A document, of which each character takes three bytes."""
    room, rest = divmod(size - len(VIEWER) - 2, 3)
    return f"{VIEWER} #{'€' * room}{'a' * rest}"


async def test_a_document_has_a_bound_in_bytes(ask: GraphClient) -> None:
    assert await ask(_of_bytes(MAX_DOCUMENT_BYTES))
    result = await ask.run(_of_bytes(MAX_DOCUMENT_BYTES + 1))
    assert _codes(result) == ["LIMIT"]
    assert status_of(result.errors or ()) == 413


@pytest.mark.parametrize("filling", [" ", ",", "\\u0061", '"""', "🙂"])
async def test_the_longest_are_not_parsed(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch, filling: str
) -> None:
    """Megabytes of what takes the parser longest."""
    monkeypatch.setattr("strawberry.schema.schema.parse", None)
    query = f'{{ node(id: "{filling * 1_000_000}") {{ id }} }}'
    assert await ask.codes(query, by=LEARNER) == ["LIMIT"]


async def test_a_list_has_a_bound(ask: GraphClient) -> None:
    """In variables, however deep it is, and whatever the argument would say."""
    most = {"codes": ["a"] * MAX_ITEMS}
    assert await ask.codes(FILTERED, filter=most) == ["INVALID"]
    more = {"codes": ["a"] * (MAX_ITEMS + 1)}
    assert await ask.codes(FILTERED, LEARNER, filter=more) == ["LIMIT"]
    assert await ask.codes(FILTERED, LEARNER, filter=most, more=more) == ["LIMIT"]


async def test_variables_have_a_bound(ask: GraphClient) -> None:
    variables = {"filter": None}
    assert _codes(await _sent(ask, FILTERED, MAX_VARIABLES_BYTES, variables)) == []
    result = await _sent(ask, FILTERED, MAX_VARIABLES_BYTES + 1, variables)
    assert _codes(result) == ["LIMIT"]
    assert status_of(result.errors or ()) == 413


async def test_sets_of_users_may_be_larger(ask: GraphClient) -> None:
    """Where all that the operation does takes them."""
    await ask.create("Sales", code="sales")
    users = {"usernames": ["nobody"] * (MAX_ITEMS + 1)}
    given = {"input": {"segment": {"code": "sales"}, "users": users}}
    result = await _sent(ask, ADDED, MAX_VARIABLES_BYTES + 1, given)
    assert result.data is not None
    assert result.data["addUsersToSegment"]["errors"][0]["code"] == "NOT_FOUND"
    more = {**given, "more": {"segment": {"code": "sales"}}}
    assert _codes(await _sent(ask, ADDED_AND_MORE, MAX_VARIABLES_BYTES + 1, more)) == ["LIMIT"]


async def test_sets_of_segments_may_be_larger(ask: GraphClient) -> None:
    """They name as many."""
    given = {"input": {"segments": {"codes": ["none"] * (MAX_ITEMS + 1)}}}
    result = await _sent(ask, COMMANDS["archiveUserSegments"], MAX_VARIABLES_BYTES + 1, given)
    assert result.data is not None
    assert result.data["archiveUserSegments"]["errors"][0]["code"] == "NOT_FOUND"


async def test_sets_are_as_small_as_all_else_for_who_may_not_name_them(ask: GraphClient) -> None:
    """Nothing of them is coerced only to be forbidden."""
    given = {"input": {"segment": {"code": "sales"}, "users": {"usernames": ["a"] * MAX_ITEMS}}}
    fits, longer = deepcopy(given), deepcopy(given)
    longer["input"]["users"]["usernames"].append("a")  # type: ignore[index]
    for by in (LEARNER, AUDITOR):
        forbidden = await _sent(ask, ADDED, MAX_VARIABLES_BYTES, fits, by)
        assert forbidden.data is not None
        assert forbidden.data["addUsersToSegment"]["errors"][0]["code"] == "FORBIDDEN"
        assert _codes(await _sent(ask, ADDED, MAX_VARIABLES_BYTES + 1, fits, by)) == ["LIMIT"]
        assert _codes(await _sent(ask, ADDED, MAX_VARIABLES_BYTES, longer, by)) == ["LIMIT"]


async def test_names_are_read_in_the_commands_thread(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred thousand of them take half a second, in which others are answered."""
    await ask.create("Sales", code="sales")
    await ask.create_user("ann")
    threads: set[int] = set()

    def noted(by: UserKey, text: str) -> str | None:
        threads.add(threading.get_ident())
        return lookup_key(by, text)

    monkeypatch.setattr(user_refs, "lookup_key", noted)
    assert (await ask.add("sales", "ann"))["changed"] == 1
    assert threads
    assert threading.get_ident() not in threads


async def test_much_is_coerced_in_a_thread(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it takes a tenth of a second."""
    threads: list[bool] = []
    executor = schema.execution_context_class
    build = executor.build

    def noted(*given: Any, **named: Any) -> Any:
        threads.append(threading.current_thread() is threading.main_thread())
        return build(*given, **named)

    monkeypatch.setattr(executor, "build", noted)
    for size in (1_000, MAX_VARIABLES_BYTES):
        assert _codes(await _sent(ask, VIEWER, size)) == []
    assert threads == [True, False]


async def test_of_much_one_at_a_time_is_coerced(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixteen at once of a principal would be sixteen times as much in memory."""
    executor = schema.execution_context_class
    build, loop, inside, most = executor.build, asyncio.get_running_loop(), [], []

    def noted(*given: Any, **named: Any) -> Any:
        inside.append(threading.get_ident())
        for _ in range(100):  # in which others could come
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()
        most.append(len(inside))
        inside.remove(threading.get_ident())
        return build(*given, **named)

    monkeypatch.setattr(executor, "build", noted)
    asked = [_sent(ask, VIEWER, MAX_VARIABLES_BYTES) for _ in range(8)]
    assert [_codes(result) for result in await asyncio.gather(*asked)] == [[]] * 8
    assert most == [1] * 8


@pytest.mark.parametrize(
    "query",
    [
        f"{{ siteUserSegments(filter: {{codes: [{'1' * 5_000}]}}) {{ totalCount }} }}",
        f"{{ siteUserSegments(first: {'1' * 5_000}) {{ totalCount }} }}",
        f'{{ siteUserSegments(first: "{"1" * 50_000}") {{ totalCount }} }}',
        f'{{ userSegment(segment: {{code: "a"}}, minPosition: "{"1" * 50_000}") {{ id }} }}',
        f'{{ siteUserSegments(asOf: {{time: "{"1" * 50_000}"}}) {{ totalCount }} }}',
    ],
    ids=["number for text", "long number", "text for number", "text for position", "no time"],
)
async def test_no_error_quotes_all_of_a_value(ask: GraphClient, query: str) -> None:
    error = await ask.only_error(query)
    assert error["extensions"]["code"] == "INVALID"
    assert len(error["message"]) <= MAX_MESSAGE_LENGTH


@pytest.mark.parametrize(
    ("kind", "argument"),
    [
        ("Int", "first: $value"),
        ("LogPosition", "minPosition: $value"),
        ("DateTime!", "asOf: {time: $value}"),
        ("SegmentFilter", "filter: $value"),
        ("SegmentStatus!", "filter: {status: [$value]}"),
    ],
)
async def test_no_error_quotes_all_of_a_variable(
    ask: GraphClient, kind: str, argument: str
) -> None:
    query = f"query ($value: {kind}) {{ siteUserSegments({argument}) {{ totalCount }} }}"
    error = await ask.only_error(query, value="1" * 50_000)
    assert error["extensions"]["code"] == "INVALID"
    assert "111" in error["message"]
    assert len(error["message"]) <= MAX_MESSAGE_LENGTH
