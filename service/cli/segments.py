"""Finding the segment that a command line names."""

from __future__ import annotations

from domain.kernel.ids import SEGMENT, present_id_wanted, uuid_in
from domain.kernel.text import InvalidText
from domain.kernel.values import lookup_code
from graph.support.site import Site
from projections.segments.views import SegmentView
from service.cli.output.terminal import fail


async def named(site: Site, segment: str, position: int | None = None) -> SegmentView | None:
    """Finds a segment by its id, or by its code, now or then, in any spelling. Exits for the
    id of a segment as of a position.
    """
    wrong = present_id_wanted(segment, SEGMENT)
    if wrong is not None:
        raise fail(wrong)
    uuid = uuid_in(segment, SEGMENT)
    if uuid is not None:
        return (await site.reads.segments.by_uuid([uuid], position)).get(uuid)
    try:
        key = lookup_code(segment)
    except InvalidText:
        return None
    return (await site.reads.segments.by_code([key], position)).get(key)
