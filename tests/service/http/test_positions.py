"""Positions beside an operation: asked for by header or extension, told by header and extension."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from projections.engine.position import ReadModelPosition
from tests.acceptance.service import create
from tests.acceptance.uploads import PREFLIGHT

QUERY = "{ siteUserSegments { totalCount } }"
FAR = 2**53
LATE = "READ_MODEL_BEHIND"


def _codes(answer: httpx2.Response) -> list[str]:
    return [error["extensions"]["code"] for error in answer.json().get("errors", [])]


async def _post(http: httpx2.AsyncClient, **more: Any) -> httpx2.Response:
    return await http.post("/graphql", json={"query": QUERY, **more})


async def test_each_answer_tells_its_position(admin: httpx2.AsyncClient) -> None:
    """Of a mutation the one that its payload was read at."""
    for position in (1, 2):
        body = {"query": 'mutation { createUserSegment(input: {name: "S"}) { segment { id } } }'}
        answer = await admin.post("/graphql", json=body)
        assert answer.headers["Segments-Position"] == str(position)
        assert answer.json()["extensions"]["position"] == position


@pytest.mark.parametrize(
    ("headers", "extensions"),
    [({"Segments-Min-Position": "1"}, {}), ({}, {"minPosition": 1})],
    ids=["header", "extension"],
)
async def test_what_was_done_is_seen_by_whoever_asks_for_it(
    admin: httpx2.AsyncClient, headers: dict[str, str], extensions: dict[str, int]
) -> None:
    """By POST, with files, and by GET."""
    await create(admin, name="Sales")
    body = {"query": QUERY, "extensions": extensions}
    form = {"operations": json.dumps(body), "map": "{}"}
    parameters = {"query": QUERY, "extensions": json.dumps(extensions)}
    answers = [
        await admin.post("/graphql", json=body, headers=headers),
        await admin.post(
            "/graphql", data=form, files={"none": b""}, headers={**headers, **PREFLIGHT}
        ),
        await admin.get("/graphql", params=parameters, headers=headers),
    ]
    for answer in answers:
        assert answer.json()["data"] == {"siteUserSegments": {"totalCount": 1}}
        assert answer.headers["Segments-Position"] == "1"


async def test_the_greatest_counts(
    admin: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the two it is; late, it is the whole operation that is."""
    monkeypatch.setattr(ReadModelPosition.wait_for, "__defaults__", (0.01,))
    for header, extension in ((0, FAR), (FAR, 0)):
        answer = await admin.post(
            "/graphql",
            json={"query": QUERY, "extensions": {"minPosition": extension}},
            headers={"Segments-Min-Position": str(header)},
        )
        assert (answer.status_code, _codes(answer), answer.json()["data"]) == (200, [LATE], None)
        assert str(FAR) in answer.json()["errors"][0]["message"]
        assert answer.headers["Segments-Position"] == "0"


@pytest.mark.parametrize("text", ["", "-1", "1.5", "one", "²", str(2**63), "9" * 30])
async def test_a_bad_header_is_named(admin: httpx2.AsyncClient, text: str) -> None:
    """And nothing is run."""
    headers = {b"Segments-Min-Position": text.encode()}
    answer = await admin.post("/graphql", json={"query": QUERY}, headers=headers)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]) == (
        400,
        {"code": "INVALID", "argument": "Segments-Min-Position"},
    )


@pytest.mark.parametrize("value", [-1, 1.5, "1", True, [1], 2**63], ids=json.dumps)
async def test_a_bad_extension_is_named(admin: httpx2.AsyncClient, value: object) -> None:
    """And nothing is run."""
    answer = await _post(admin, extensions={"minPosition": value})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]) == (
        400,
        {"code": "INVALID", "argument": "extensions.minPosition"},
    )


@pytest.mark.parametrize(
    "extensions",
    [None, {}, {"minPosition": None}, {"other": "x"}],
    ids=["null", "none", "a null position", "others"],
)
async def test_other_extensions_ask_for_nothing(admin: httpx2.AsyncClient, extensions: Any) -> None:
    assert (await _post(admin, extensions=extensions)).json()["extensions"]["position"] == 0
