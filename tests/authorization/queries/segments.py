"""Segments: all of them for staff; for learners the visible ones that they are in."""

from __future__ import annotations

from tests.authorization.rows import (
    ABSENT,
    FORBIDDEN,
    PAST,
    Cells,
    CommandResult,
    Row,
    cells,
    shown,
)
from tests.authorization.tables import SOME, Table, asked, page, told

ROOT: Table = {"id": SOME, "displayName": "root", "kind": "USER"}
WHOLE: Table = {
    "id": "$mine",
    "name": "Mine",
    "code": "mine",
    "description": "mine",
    "descriptionHtml": "<p>mine</p>\n",
    "visible": True,
    "status": "ACTIVE",
    "source": "MANUAL",
    "memberCount": 5,
    "version": 1,
    "createdAt": SOME,
    "updatedAt": SOME,
    "createdBy": ROOT,
    "updatedBy": ROOT,
    "asOf": None,
    "current": {"id": "$mine"},
}
"""What goes with a segment: whoever sees it sees this."""


def _list(arguments: str) -> str:
    return f"siteUserSegments({arguments}) {{ nodes {{ name }} totalCount }}"


def _by_id(name: str) -> str:
    return f"userSegment(segment: {{id: ${name}}}) {{ name }}"


def _filtered(filter: str) -> str:
    return _list(f"filter: {{{filter}}}")


def _after(name: str) -> str:
    """Of the size of mine; all of them were made later than that, if at all."""
    order = "orderBy: {field: MEMBER_COUNT}"
    return f"siteUserSegments({order}, after: ${name}Cursor) {{ nodes {{ name }} }}"


ORDERS = {
    **dict.fromkeys(("NAME", "CODE"), ("Hidden", "Mine", "Theirs")),
    **dict.fromkeys(("CREATED_AT", "UPDATED_AT"), ("Mine", "Hidden", "Theirs")),
}
ALL = shown("Hidden", "Mine", "Theirs", 3)
ONE = shown("Mine", 1)
BOTH = shown("Mine", "Theirs", 2)
THEIRS = cells(ABSENT, staff=shown("Theirs"), second=shown("Theirs"))
HIDDEN = cells(ABSENT, staff=shown("Hidden"))
AWAY = cells(ABSENT, staff=shown("Away"), inside=shown("Away"))
NOTHING = cells(ABSENT)
NEVER = cells(FORBIDDEN, staff=ABSENT)
"""Was not there, for those who may see the past."""


def seen(whole: CommandResult) -> Cells:
    """Mine, by all who see it."""
    return cells(ABSENT, staff=whole, inside=whole, second=whole)


MINE = seen(shown("Mine"))

ROWS = [
    Row("segments: all", _list("first: 100"), cells(ABSENT, staff=ALL, inside=ONE, second=BOTH)),
    Row(
        "segments: as pages",
        f"siteUserSegments {{ {asked(page('$mine'))} }}",
        cells(
            ABSENT,
            staff=told(page("$hidden", "$mine", "$theirs")),
            inside=told(page("$mine")),
            second=told(page("$mine", "$theirs")),
        ),
    ),
    Row(
        "segments: archived",
        _filtered("status: [ARCHIVED]"),
        cells(ABSENT, staff=shown("Away", 1), inside=shown("Away", 1)),
    ),
    Row("segments: hidden", _filtered("visible: false"), cells(ABSENT, staff=shown("Hidden", 1))),
    Row(
        "segments: by source",
        _filtered("source: [MANUAL], status: [ACTIVE]"),
        cells(ABSENT, staff=ALL, inside=ONE, second=BOTH),
    ),
    Row("segments: by other sources", _filtered("source: [UPLOAD, RULE, SYNC]"), NOTHING),
    Row(
        "segments: by codes",
        _filtered('codes: ["mine", "hidden", "gone"]'),
        cells(ABSENT, staff=shown("Hidden", "Mine", 2), inside=ONE, second=ONE),
    ),
    Row(
        "segments: of Ina",
        _filtered("hasMember: $ina"),
        cells(ABSENT, staff=shown("Hidden", "Mine", 2), inside=ONE),
    ),
    Row("segments: of Bob", _filtered("hasMember: $bob"), cells(ABSENT, staff=BOTH, second=BOTH)),
    Row("segments: of nobody there is", _filtered("hasMember: $noUser"), NOTHING),
    Row(
        "segments: searched",
        _list('search: "hidden"'),
        cells(ABSENT, staff=shown("Hidden", 1)),
    ),
    Row(
        "segments: by size",
        _list("orderBy: {field: MEMBER_COUNT, direction: DESC}, first: 1"),
        cells(ABSENT, staff=shown("Mine", 3), inside=ONE, second=shown("Mine", 2)),
    ),
    *(
        Row(
            f"segments: ordered by {field}",
            _list(f"orderBy: {{field: {field}, direction: ASC}}"),
            cells(ABSENT, staff=shown(*names, 3), inside=ONE, second=BOTH),
        )
        for field, names in ORDERS.items()
    ),
    Row(
        "segments: after the place of theirs",
        _after("theirs"),
        cells(ABSENT, inside=shown("Mine")),
    ),
    Row(
        "segments: after the place of hidden",
        _after("hidden"),
        cells(ABSENT, inside=shown("Mine"), second=shown("Mine")),
    ),
    Row(
        "segments: after the place of none",
        _after("none"),
        cells(ABSENT, inside=shown("Mine"), second=shown("Mine"), staff="INVALID"),
    ),
    Row("segments: then", _list("asOf: {position: $position}"), PAST),
    Row("segments: at a time", _list('asOf: {time: "2020-01-01T00:00:00Z"}'), NEVER),
    Row("segment: mine", _by_id("mine"), MINE),
    Row("segment: theirs", _by_id("theirs"), THEIRS),
    Row("segment: hidden", _by_id("hidden"), HIDDEN),
    Row("segment: archived", _by_id("away"), AWAY),
    Row("segment: deleted", _by_id("gone"), NOTHING),
    Row("segment: none", _by_id("none"), NOTHING),
    Row("segment: by code, hidden", 'userSegment(segment: {code: "hidden"}) { name }', HIDDEN),
    Row("segment: by code, theirs", 'userSegment(segment: {code: "theirs"}) { name }', THEIRS),
    Row("segment: by code, none", 'userSegment(segment: {code: "none"}) { name }', NOTHING),
    Row(
        "segment: what goes with it",
        f"userSegment(segment: {{id: $mine}}) {{ {asked(WHOLE)} }}",
        seen(told(WHOLE)),
    ),
    Row(
        "segment: then",
        "userSegment(segment: {id: $mine}, asOf: {position: $position}) { name asOf }",
        PAST,
    ),
    Row(
        "segment: then, deleted now",
        "userSegment(segment: {id: $gone}, asOf: {position: $position}) { name }",
        PAST,
    ),
    Row(
        "segment: then, none",
        "userSegment(segment: {id: $none}, asOf: {position: $position}) { name }",
        NEVER,
    ),
]
