"""SQL that finds the commands of a page, or counts them, each within a bound.

Whatever commands have themselves (actor, channel) is walked in an index that ends in the position.
What their events have (segment, type) is walked event by event, but for each command found the walk
goes on after its last event: a file of 3,000 segments is one step. Few are gathered and sorted.
"""

from __future__ import annotations

from typing import Any

from projections.commands.query import COMMAND_AT, END, TYPES, CommandQuery, both
from projections.commands.text_match import TextMatch
from projections.sql.paging import Conditions, PageRequest, apply_cursors, order_by

Statement = tuple[str, list[Any]]

_COLUMNS = ("position",)


def in_order(query: CommandQuery, page_request: PageRequest) -> Statement:
    """Selects a page of a query that is for no events: all commands, or a walk a channel."""
    order = order_by(_COLUMNS, page_request, descending=False)
    where = query.of_commands(of_channels=False)
    apply_cursors(where, _COLUMNS, page_request, descending=False)
    if query.actor is None and query.channels is None:
        return f"SELECT position FROM commands {where.sql()} {order}", where.values
    where.add("channel = wanted.number")
    walk = f"SELECT position FROM commands {where.sql()} {order}"
    wanted = "unnest(%s::smallint[]) AS wanted(number)"
    found = f"SELECT position FROM {wanted} CROSS JOIN LATERAL ({walk}) AS found {order}"
    return found, [query.channel_numbers, *where.values]


def walk(query: CommandQuery, page_request: PageRequest) -> Statement:
    """Selects a page of the commands with an event that is wanted; of several types a walk each."""
    by_type = query.segment is None and query.types is not None
    events = both(query.of_events(of_types=not by_type), _bounds(page_request))
    if by_type:
        events.add("type = {at}.kind")
    commands = query.of_commands()
    if query.match is not None:
        commands = both(commands, query.match.of_command())
    kinds = f"({TYPES}) AS start(kind)" if by_type else "(SELECT 0) AS start(kind)"
    given = [list(query.types or ())] if by_type else []
    forward = not page_request.backward
    further = "position > walk.last_position" if forward else "position < walk.position"
    wanted = " AND ".join(commands.parts) or "true"
    first = _step(events, "start", [], wanted, forward=forward)
    more = _step(events, "walk", [further], wanted, forward=forward)
    text = f"""
        WITH RECURSIVE walk(kind, position, last_position, is_wanted, found) AS (
            SELECT kind, position, last_position, is_wanted, is_wanted::integer
            FROM {kinds} CROSS JOIN LATERAL ({first}) AS step
            UNION ALL
            SELECT walk.kind, step.position, step.last_position, step.is_wanted,
                walk.found + step.is_wanted::integer
            FROM walk CROSS JOIN LATERAL ({more}) AS step
            WHERE walk.found <= {page_request.size}
        )
        SELECT DISTINCT position FROM walk WHERE is_wanted
        {order_by(_COLUMNS, page_request, descending=False)}
    """
    values = [*commands.values, *events.values]
    return text, [*given, *values, *values]


def gather(query: CommandQuery, page_request: PageRequest) -> Statement:
    """Selects a page of the commands with an event that is wanted, out of all of them."""
    found, values = _gathered(query, _wanted_events(query))
    where = Conditions()
    apply_cursors(where, _COLUMNS, page_request, descending=False)
    order = order_by(_COLUMNS, page_request, descending=False)
    text = f"SELECT position FROM ({found}) AS gathered {where.sql()} {order}"
    return text, [*values, *where.values]


def few(query: CommandQuery, match: TextMatch, page_request: PageRequest, most: int) -> Statement:
    """Selects one row: whether what holds a text is more than `most`, and if not, the page."""
    segments, named = match.segments()
    own, given = match.own()
    limit = f"LIMIT {most + 1}"
    source = f"""
        SELECT position FROM (SELECT position FROM recorded_events
            WHERE segment = ANY(ARRAY(SELECT number FROM named)) {limit}) AS about
        UNION ALL (SELECT * FROM ({own}) AS own {limit})
    """
    found, values = _gathered(query, ("SELECT position FROM heard", []))
    where = Conditions()
    apply_cursors(where, _COLUMNS, page_request, descending=False)
    order = order_by(_COLUMNS, page_request, descending=False)
    text = f"""
        WITH named AS MATERIALIZED (SELECT * FROM ({segments}) AS all_named {limit}),
            heard AS MATERIALIZED ({source})
        SELECT greatest((SELECT count(*) FROM named), (SELECT count(*) FROM heard)) > {most},
            ARRAY(SELECT position FROM ({found}) AS gathered {where.sql()} {order})
    """
    return text, [*named, *given, *values, *where.values]


def near(query: CommandQuery, match: TextMatch, page_request: PageRequest, most: int) -> Statement:
    """Selects a page of what holds a text among the next `most` events, as far as there is any."""
    between = CommandQuery(after=query.after, up_to=query.up_to)  # an actor may be far away
    bounds = both(between.of_events(), _bounds(page_request))
    order = order_by(
        _COLUMNS, PageRequest(most - 1, backward=page_request.backward), descending=False
    )
    which, values = match.of_event("near")
    source = (
        f"SELECT position FROM (SELECT position, segment FROM recorded_events {bounds.sql()}"
        f" {order}) AS near WHERE {which}"
    )
    found, given = _gathered(query, (source, [*bounds.values, *values]))
    page = order_by(_COLUMNS, page_request, descending=False)
    return f"SELECT position FROM ({found}) AS gathered {page}", given


def count(query: CommandQuery) -> Statement:
    """Selects the number of commands that match."""
    if query.is_whole:
        return _ordinals(query)
    if query.is_by_type:
        return _count_by_type(query)
    if query.is_by_event or query.match is not None:
        found, values = _gathered(query, _wanted_events(query))
        return f"SELECT count(*) FROM ({found}) AS gathered", values
    where = query.of_commands()
    return f"SELECT count(*) FROM commands {where.sql()}", where.values


def _step(events: Conditions, at: str, more: list[str], wanted: str, *, forward: bool) -> str:
    """The command of the next event that is wanted, after the place `at` in a walk."""
    where = Conditions([*more, *(part.replace("{at}", at) for part in events.parts)])
    direction = "ASC" if forward else "DESC"
    return f"""
        SELECT commands.position, commands.last_position, ({wanted}) AS is_wanted FROM (
            SELECT position FROM recorded_events {where.sql()}
            ORDER BY position {direction} LIMIT 1
        ) AS next CROSS JOIN LATERAL ({COMMAND_AT.format("next.position")}) AS commands
    """


def _bounds(page_request: PageRequest) -> Conditions:
    """The request's cursors, which are positions of commands, as conditions on events."""
    where = Conditions()
    if page_request.after is not None:
        where.add(f"position > {END}", *page_request.after)
    if page_request.before is not None:
        where.add("position < %s", *page_request.before)
    return where


def _wanted_events(query: CommandQuery) -> Statement:
    """Selects the positions of the events that are wanted; of a text alone, of those it is about.

    Of a text and something else: of the latter, which is the narrower one.
    """
    match = query.match
    if match is None or query.is_by_event:
        where = query.of_events()
        return f"SELECT position FROM recorded_events {where.sql()}", where.values
    segments, named = match.segments()
    own, given = match.own()
    about = f"SELECT position FROM recorded_events WHERE segment = ANY(ARRAY({segments}))"
    return f"{about} UNION ALL {own}", [*named, *given]


def _gathered(query: CommandQuery, events: Statement) -> Statement:
    """Selects the different commands of events, as far as they are wanted."""
    source, values = events
    where = query.of_commands()
    if query.match is not None and query.is_by_event:
        where = both(where, query.match.of_command())
    text = (
        f"SELECT DISTINCT commands.position FROM ({source}) AS wanted"
        f" CROSS JOIN LATERAL ({COMMAND_AT.format('wanted.position')}) AS commands {where.sql()}"
    )
    return text, [*values, *where.values]


def _ordinals(query: CommandQuery) -> Statement:
    """Counts by ordinals, two steps into an index, as the log is counted."""
    last = "SELECT ordinal FROM commands WHERE position <= %s ORDER BY position DESC LIMIT 1"
    text = f"SELECT greatest(0, coalesce(({last}), 0) - coalesce(({last}), 0))"
    return text, [2**63 - 1 if query.up_to is None else query.up_to, query.after]


def _count_by_type(query: CommandQuery) -> Statement:
    """Counts the events, which an index does alone, and of those that share their command, whose
    counts are stored, but one.
    """
    events, commands = query.of_events(), query.of_commands()
    shared = both(Conditions([f"type = ANY(ARRAY({TYPES}))"], [list(query.types or ())]), commands)
    of_shared = f"FROM command_counts JOIN commands ON position = command {shared.sql()}"
    text = (
        f"SELECT (SELECT count(*) FROM recorded_events {events.sql()})"
        f" - (SELECT coalesce(sum(events), 0) - count(DISTINCT command) {of_shared})"
    )
    return text, [*events.values, *shared.values]
