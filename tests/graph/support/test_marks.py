"""Text with half a million marks on a letter, wherever the schema takes text.

To put them in order takes minutes, in which the process does nothing else: each of these tests runs
out of time where length is not looked at first.
"""

from __future__ import annotations

import pytest

from tests.graph.client import GraphClient, error_codes
from tests.graph.principals import ADMIN, LEARNER

MARKS = "a" + "\u0301" * 250_000 + "\u0316" * 250_000

ASKED = {
    "code of a segment": "userSegment(segment: {code: $text}) { id }",
    "codes of segments": "siteUserSegments(filter: {codes: [$text]}) { totalCount }",
    "search": "siteUserSegments(search: $text) { totalCount }",
    "username": "user(user: {username: $text}) { id }",
    "email": "user(user: {email: $text}) { id }",
    "code of a user": "user(user: {code: $text}) { id }",
}
SEGMENT = {"name": "Sales", "code": "sales", "description": "", "reason": "Asked for."}
USER = {
    "username": "ann",
    "email": "ann@example.org",
    "firstName": "Ann",
    "lastName": "Lee",
    "code": "1",
    "reason": "Asked for.",
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
async def test_what_a_learner_asks_for_names_nothing(ask: GraphClient, asked: str) -> None:
    """It is answered, or refused as what nothing could be called."""
    result = await ask.run(f"query ($text: String!) {{ found: {asked} }}", LEARNER, text=MARKS)
    if result.errors is None:
        assert result.data is not None
        assert result.data["found"] in (None, {"totalCount": 0})
    else:
        assert [(error.extensions or {})["code"] for error in result.errors] == ["INVALID"]


@pytest.mark.parametrize("field", SEGMENT)
async def test_no_field_of_a_segment_takes_it(ask: GraphClient, field: str) -> None:
    """The error stands at the field."""
    payload = await ask.command("createUserSegment", SEGMENT | {field: MARKS}, ADMIN)
    assert error_codes(payload) == [("INVALID", [field])]


@pytest.mark.parametrize("field", USER)
async def test_no_field_of_a_user_takes_it(ask: GraphClient, field: str) -> None:
    """The error stands at the field."""
    payload = await ask.command("createUser", USER | {field: MARKS}, ADMIN)
    assert error_codes(payload) == [("INVALID", [field])]
