"""Segments to list: a site whose content no test changes."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.graph.client import GraphClient


class Sample(NamedTuple):
    """One of them, and what becomes of it."""

    name: str
    code: str | None = None
    description: str = ""
    visible: bool = True
    archived: bool = False


COURSES = [Sample(f"Course {n}", f"c-{n}") for n in (7 * k % 31 for k in range(1, 31))]
"""Course 1 to Course 30, created in no good order."""

SAMPLES = [
    *COURSES,
    Sample("Zebra", None, "Stripes, 100 % of them."),
    Sample("Éclair", "Cake", "Choux & cream."),
    Sample("eclipse", "moon_1", "C:\\shadow"),
    Sample("apple", "Äpfel"),
    Sample("Apple Pie", "moon-2", "Also a cake, not a 100m run."),
    Sample("Hidden", "hid", visible=False),
    Sample("Archive 10", "old-10", archived=True),
    Sample("Archive 2", "old-2", visible=False, archived=True),
]
LATE = "Course 5"
"""The one that was changed last, by a description."""

ACTIVE = [sample.name for sample in SAMPLES if not sample.archived]
ARCHIVED = [sample.name for sample in SAMPLES if sample.archived]

BY_NAME = [
    *("apple", "Apple Pie"),
    *(f"Course {n}" for n in range(1, 31)),
    *("Éclair", "eclipse", "Hidden", "Zebra"),
]
BY_CODE = [
    "apple",
    *(f"Course {n}" for n in range(1, 31)),
    *("Éclair", "Hidden", "eclipse", "Apple Pie"),
    "Zebra",
]
"""Äpfel, c-1 … c-30, Cake, hid, moon_1, moon-2, none: punctuation counts, and _ is before -."""
BY_UPDATE = [*(name for name in ACTIVE if name != LATE), LATE]
ORDERS = {
    "NAME": BY_NAME,
    "CODE": BY_CODE,
    "CREATED_AT": ACTIVE,
    "UPDATED_AT": BY_UPDATE,
    "MEMBER_COUNT": ACTIVE,  # all are empty, and ids grow with time
}
"""The active ones in each order, upwards."""


async def fill(ask: GraphClient) -> None:
    """Creates the samples, in their order."""
    for sample in SAMPLES:
        segment = await ask.create(
            sample.name,
            code=sample.code,
            description=sample.description,
            visible=sample.visible,
        )
        if sample.archived:
            await ask.done("archiveUserSegment", {"segment": {"id": segment["id"]}})
    edit = {"segment": {"code": "c-5"}, "description": "The fifth."}
    await ask.done("updateUserSegment", edit)


LIST = """
    query (
        $first: Int, $after: String, $last: Int, $before: String,
        $search: String, $filter: SegmentFilter, $orderBy: SegmentOrder
    ) {
        siteUserSegments(
            first: $first, after: $after, last: $last, before: $before,
            search: $search, filter: $filter, orderBy: $orderBy
        ) {
            nodes { name }
            edges { cursor node { name } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            totalCount
        }
    }
"""


async def listed(ask: GraphClient, **arguments: Any) -> dict[str, Any]:
    """One page of the list."""
    page: dict[str, Any] = (await ask(LIST, **arguments))["siteUserSegments"]
    return page


def names(page: dict[str, Any]) -> list[str]:
    """The names on a page, in its order."""
    return [node["name"] for node in page["nodes"]]
