"""The log: for auditors and site admins; a segment's own part of it for all staff."""

from __future__ import annotations

from domain.catalogue import CATALOGUE
from domain.kernel.event import description_of
from tests.authorization.rows import ABSENT, ANSWERED, FORBIDDEN, LOG, Row, cells, everybody, shown
from tests.authorization.tables import SOME, Table, asked, told


def _events(filter: str) -> str:
    return f"events(filter: {{{filter}}}) {{ nodes {{ type }} totalCount }}"


def _of(segment: str, what: str) -> str:
    return f"userSegment(segment: {{id: ${segment}}}) {{ {what} }}"


HISTORY = (
    "history { edges { cursor node { id } } pageInfo { endCursor } nodes { data } totalCount }"
)
_TYPES = [
    value
    for topic, event in sorted(CATALOGUE.by_topic.items())
    for value in (topic, 1, description_of(event))
]
STATUS: Table = {"head": SOME, "readModel": SOME}
COUNTS = "memberCounts(points: 2) { at position count }"
COUNTS_BETWEEN = "memberCounts(from: {position: 0}, to: {position: $position}, points: 2) { count }"
NOTHING = cells(FORBIDDEN, admins=ABSENT, auditors=ABSENT)
ONESELF = cells(FORBIDDEN, admins=ABSENT, auditors=ABSENT, admin=ANSWERED, auditor=ANSWERED)
"""Whom the directory does not know, nothing is about."""
OF_MINE = cells(ABSENT, staff=ANSWERED, inside=FORBIDDEN, second=FORBIDDEN)
OF_HIDDEN = cells(ABSENT, staff=ANSWERED)

ROWS = [
    Row(
        "events: all",
        "events { edges { cursor node { id } } pageInfo { endCursor } nodes { data } totalCount }",
        LOG,
        is_noted=True,
    ),
    Row("events: about a segment", _events("segment: $mine"), LOG, is_noted=True),
    Row("events: about a user", _events("user: $ina"), LOG, is_noted=True),
    Row("events: about oneself", _events("user: $me"), ONESELF),
    Row("events: by an actor", _events("actor: $noUser"), NOTHING),
    Row("events: of a type", _events('types: ["user.erased"]'), LOG, is_noted=True),
    Row("events: of a command", _events('commandId: "ina-comes"'), LOG, is_noted=True),
    Row(
        "events: of a time",
        _events("after: {position: 0}, upTo: {position: $position}"),
        LOG,
        is_noted=True,
    ),
    Row(
        "events: sealed data, after erasure",
        'events(filter: {user: $eve, types: ["user.created"]}) { nodes { type } }',
        cells(FORBIDDEN, admins=shown("user.created"), auditors=shown("user.created")),
        is_noted=True,
    ),
    Row("siteActivity", "siteActivity(days: 1) { day commands events }", LOG, is_noted=True),
    Row("eventTypes", "eventTypes { name versions description }", cells(shown(*_TYPES))),
    Row("logStatus", f"logStatus {{ {asked(STATUS)} }}", everybody(told(STATUS))),
    Row("history: of mine", _of("mine", HISTORY), OF_MINE, is_noted=True),
    Row("history: of hidden", _of("hidden", HISTORY), OF_HIDDEN, is_noted=True),
    Row("memberCounts: of mine", _of("mine", COUNTS), OF_MINE),
    Row("memberCounts: of hidden", _of("hidden", COUNTS), OF_HIDDEN),
    Row("memberCounts: between two moments", _of("mine", COUNTS_BETWEEN), OF_MINE),
]
