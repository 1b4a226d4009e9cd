"""Segments: all of them for staff; for learners the visible ones that they are in."""

from __future__ import annotations

from tests.authorization.rows import ABSENT, ANSWERED, FORBIDDEN, PAST, Cells, Row, cells, shown

WHOLE = (
    "id name code description descriptionHtml visible status source memberCount version"
    " createdAt updatedAt createdBy { id displayName kind } updatedBy { id displayName kind }"
)
"""What goes with a segment: whoever sees it sees this."""
LIST = "edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


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


ALL = shown("Hidden", "Mine", "Theirs", 3)
ONE = shown("Mine", 1)
BOTH = shown("Mine", "Theirs", 2)
MINE = cells(ABSENT, staff=shown("Mine"), inside=shown("Mine"), second=shown("Mine"))
THEIRS = cells(ABSENT, staff=shown("Theirs"), second=shown("Theirs"))
HIDDEN = cells(ABSENT, staff=shown("Hidden"))
AWAY = cells(ABSENT, staff=shown("Away"), inside=shown("Away"))
NOTHING = cells(ABSENT)
NEVER = cells(FORBIDDEN, staff=ABSENT)
"""Was not there, for those who may see the past."""
SEEN: Cells = cells(ABSENT, staff=ANSWERED, inside=ANSWERED, second=ANSWERED)

ROWS = [
    Row("segments: all", _list("first: 100"), cells(ABSENT, staff=ALL, inside=ONE, second=BOTH)),
    Row("segments: as pages", f"siteUserSegments {{ {LIST} }}", SEEN),
    Row(
        "segments: archived",
        _filtered("status: [ARCHIVED]"),
        cells(ABSENT, staff=shown("Away", 1), inside=shown("Away", 1)),
    ),
    Row("segments: hidden", _filtered("visible: false"), cells(ABSENT, staff=shown("Hidden", 1))),
    Row(
        "segments: by source",
        _filtered("source: [MANUAL]"),
        cells(ABSENT, staff=ALL, inside=ONE, second=BOTH),
    ),
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
    Row("segment: what goes with it", f"userSegment(segment: {{id: $mine}}) {{ {WHOLE} }}", SEEN),
    Row(
        "segment: then",
        "userSegment(segment: {id: $mine}, asOf: {position: $position}) { name }",
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
