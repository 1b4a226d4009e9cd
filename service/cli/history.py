"""`segments history`: one segment's events, or its state at a moment."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from domain.kernel.clock import format_instant, parse_instant
from domain.kernel.ids import SEGMENT, event_id, uuid_in
from domain.log import RecordedEvent
from domain.segments.fields import values_of
from graph.support.site import Site
from projections.access.entry import from_the_command_line
from projections.audit.event_summaries import people_in, summary_of
from projections.audit.query import LogQuery
from projections.sql.paging import PageRequest
from service.cli.output.terminal import fail
from service.cli.segments import named
from service.database.open_database import migrated_database, settings_with
from service.site import open_site

PAGE = 500
PAGE_BYTES = 8 * 1024 * 1024
"""Bytes of their data: 500 events about rosters can be 100 MB."""


class Format(StrEnum):
    """The format of the output."""

    TEXT = "text"
    JSONL = "jsonl"


def history(
    segment: Annotated[str, typer.Argument(help="Its id, or its code in any spelling.")],
    at: Annotated[
        str | None, typer.Option(help="A log position or a time (RFC 3339): the state then.")
    ] = None,
    format: Annotated[Format, typer.Option(help="text or jsonl.")] = Format.TEXT,
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Prints what happened to a segment, oldest first; with --at, what it was at a moment.

    A code names the segment that holds it now, or held it at that moment; a deleted segment is
    found by its id.
    """
    settings = settings_with(data)

    async def run(url: str) -> None:
        async with open_site(settings, url) as site:
            await site.live.position.wait_for(await site.reads.audit.head())
            await (
                _story(site, segment, format) if at is None else _state(site, segment, at, format)
            )

    with migrated_database(settings) as url:
        asyncio.run(run(url))


async def _story(site: Site, segment: str, format: Format) -> None:
    number, identifier = await _known(site, segment)
    site.access_log.note(from_the_command_line("history", segment=identifier))
    after: tuple[int] | None = None
    while True:
        page_request = PageRequest(PAGE, after=after)
        page = await site.reads.audit.page(LogQuery(segment=number), page_request, PAGE_BYTES)
        actors = await site.reads.actors.by_id(
            {recorded.envelope.actor.id for recorded in page.rows}
        )
        people = {user for recorded in page.rows for user in people_in(recorded.event)}
        names = await site.reads.users.names(people)
        for recorded in page.rows:
            actor = actors[recorded.envelope.actor.id].display_name
            print(_line(recorded, summary_of(actor, recorded.event, names), format))
        if not page.has_next:
            return
        after = (page.rows[-1].position,)


async def _state(site: Site, segment: str, at: str, format: Format) -> None:
    position = await _position(site, at)
    view = await named(site, segment, position)
    if view is None:
        raise fail(f"At position {position} there was no such segment.")
    fields = {
        "id": view.id,
        **values_of(view),
        "status": view.status.value,
        "version": view.version,
        "memberCount": view.member_count,
        "createdAt": format_instant(view.created_at),
        "updatedAt": format_instant(view.updated_at),
        "position": position,
    }
    if format is Format.JSONL:
        print(json.dumps(fields, ensure_ascii=False))
        return
    for name, value in fields.items():
        print(f"{name:12} {'' if value is None else value}")


async def _known(site: Site, segment: str) -> tuple[int, str]:
    """Returns the number and the id of a segment that is on the site, or, by its id, ever was."""
    uuid = uuid_in(segment, SEGMENT)
    if uuid is not None:
        number = await site.reads.segments.number_of(uuid)
        if number is not None:
            return number, segment
    elif (view := await named(site, segment)) is not None:
        return view.number, view.id
    raise fail("There is no such segment.")


async def _position(site: Site, at: str) -> int:
    if at.isdecimal():
        head = await site.reads.audit.head()
        if int(at) > head:
            raise fail(f"The log ends at position {head}.")
        return int(at)
    return await site.reads.audit.position_at(_moment(at))


def _moment(at: str) -> datetime:
    try:
        return parse_instant(at)
    except ValueError:
        raise typer.BadParameter(
            "a position, or a time such as 2026-03-01T12:00:00Z", param_hint="--at"
        ) from None


def _line(recorded: RecordedEvent, words: str, format: Format) -> str:
    envelope = recorded.envelope
    if format is Format.TEXT:
        reason = f"  Reason: {envelope.reason}" if envelope.reason else ""
        return f"{recorded.position:>8}  {envelope.recorded_at}  {words}{reason}"
    fields: dict[str, Any] = {
        "id": event_id(recorded.position),
        "position": recorded.position,
        "type": recorded.event.TOPIC,
        "summary": words,
        "envelope": msgspec.to_builtins(envelope),
        "data": msgspec.to_builtins(recorded.event),
    }
    return json.dumps(fields, ensure_ascii=False)
