"""Lists, refetches, looks back, edits, uploads and follows, by gql: one line of JSON a step."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
from functools import partial
from typing import Any

from client import execute, first, http_client, socket_client
from documents import AS_OF, COMPARE, CREATE, EVENTS, LIST, LOG, NODE, RENAME, UPLOAD
from gql import FileVar

SEARCH = sys.argv[1] if len(sys.argv) > 1 else "Python"
"""What all names begin with; another for each run on one site."""

ADMIN, TRAINER = os.environ["SEGMENTS_TOKEN"], os.environ["SEGMENTS_TRAINER_TOKEN"]

ask = partial(execute, http_client(ADMIN))


def report(step: str, **result: Any) -> None:
    print(json.dumps({"step": step, **result}))


def seen(segment: dict[str, Any]) -> dict[str, Any]:
    return {field: segment[field] for field in ("id", "asOf", "name")}


async def command(document: str, **input: Any) -> dict[str, Any]:
    """The payload, once every read sees what was recorded."""
    payload: dict[str, Any] = (await ask(document, input=input))["payload"]
    if payload["position"] is not None:
        await ask(LIST, first=0, min_position=payload["position"])
    return payload


async def rename(segment: str, name: str, **more: Any) -> dict[str, Any]:
    return await command(RENAME, segment={"id": segment}, name=name, **more)


async def name_now(segment: str) -> str:
    return str((await ask(NODE, id=segment))["node"]["name"])


async def list_pages() -> None:
    pages: list[list[str]] = []
    page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        answer = await ask(LIST, first=2, after=page["endCursor"], search=SEARCH)
        pages.append([row["name"] for row in answer["siteUserSegments"]["nodes"]])
        page = answer["siteUserSegments"]["pageInfo"]
    report("list", first=pages[0], all=[name for names in pages for name in names])


async def refetch(segment: str) -> None:
    before = await name_now(segment)
    await rename(segment, f"{SEARCH} A refetched")
    report("refetch", before=before, after=await name_now(segment))


async def look_back(segment: str, position: int) -> None:
    past = (await ask(AS_OF, id=segment, asOf={"position": position}))["userSegment"]
    again = (await ask(NODE, id=past["id"]))["node"]
    states = {"past": seen(past), "again": seen(again), "current": seen(past["current"])}
    report("asOf", id=segment, **states, now=await name_now(segment))


async def compare(segment: str, position: int) -> None:
    now = await name_now(segment)
    end = (await rename(segment, f"{SEARCH} A compared"))["position"]
    moments: dict[str, Any] = {"from": {"position": position}, "to": {"position": end}}
    answer = (await ask(COMPARE, id=segment, **moments))["compareSegment"]
    names = {side: answer[side]["name"] for side in ("before", "after")}
    report("compare", **names, changes=answer["changes"], now=now)


async def settle(segment: str) -> int:
    """Somebody was faster: what they made of it is in the answer."""
    version = (await ask(NODE, id=segment))["node"]["version"]
    await rename(segment, f"{SEARCH} A by others")
    refused = (await rename(segment, f"{SEARCH} A mine", expectedVersion=version))["errors"][0]
    current = refused["current"]
    done = await rename(segment, f"{SEARCH} A settled", expectedVersion=current["version"])
    settled = {"settled": done["segment"]["name"], "errors": done["errors"]}
    report("conflict", code=refused["code"], current=current["name"], **settled)
    return int(done["position"])


async def follow(segment: str, position: int) -> None:
    """Is away while something happens, and goes on after the last position seen."""
    told = await first(socket_client(ADMIN), EVENTS, after=position - 1, segment=segment)
    seen = told["events"]["position"]
    missed = (await rename(segment, f"{SEARCH} A while away"))["position"]
    told = await first(socket_client(ADMIN), EVENTS, after=seen, segment=segment)
    resumed = {"resumed": told["events"]["position"], "now": await name_now(segment)}
    report("resumed", seen=seen, position=position, missed=missed, **resumed)


async def upload() -> None:
    content = io.BytesIO(f"name\n{SEARCH} uploaded\n".encode())
    file = FileVar(content, filename="segments.csv", content_type="text/csv")
    payload = await command(UPLOAD, file=file, mode="COMMIT")
    report("upload", created=payload["created"], errors=payload["errors"])


async def forbidden() -> None:
    answer = await execute(http_client(TRAINER), LOG, search=SEARCH)
    total = answer["siteUserSegments"]["totalCount"]
    report("forbidden", totalCount=total, events=answer["events"])


async def main() -> None:
    created = [await command(CREATE, name=f"{SEARCH} {letter}") for letter in "ABC"]
    segment, position = created[0]["segment"]["id"], created[0]["position"]
    await list_pages()
    await refetch(segment)
    await look_back(segment, position)
    await compare(segment, position)
    await follow(segment, await settle(segment))
    await upload()
    await forbidden()


asyncio.run(main())
