"""Finds one segment by its id or code, for a principal who may see it."""

from domain.kernel.ids import SEGMENT
from domain.kernel.permission import Permission
from domain.kernel.text import InvalidText
from domain.kernel.values import CodeKey, lookup_code
from domain.policy import may
from graph.objects.refs import SegmentRef
from graph.objects.segment import UserSegment
from graph.support.context import Context
from graph.support.errors import invalid
from graph.support.inputs import parse_id
from graph.support.visibility import can_see_segment, visible_segments
from projections.segments.query import SegmentQuery
from projections.segments.views import SegmentView
from projections.sql.paging import PageRequest


async def segment_by(ref: SegmentRef, context: Context, as_of: int | None) -> UserSegment | None:
    """The segment that is, or was then, so named, when the principal may see it."""
    if isinstance(ref.id, str):
        return await segment_by_id(ref.id, context, as_of)
    return await _segment_by_code(ref.code or "", context, as_of)


async def segment_by_id(
    identifier: str, context: Context, as_of: int | None = None
) -> UserSegment | None:
    """The segment with that id, when there is one and the principal may see it."""
    uuid = parse_id(identifier, SEGMENT, "segment")
    return await _if_visible(await context.loaders.segment.load((uuid, as_of)), context)


async def _segment_by_code(code: str, context: Context, as_of: int | None) -> UserSegment | None:
    try:
        key = lookup_code(code)
    except InvalidText as unspeakable:
        raise invalid(str(unspeakable), "segment") from None
    if may(context.principal, Permission.SEE_ALL_SEGMENTS):
        view = (await context.site.reads.segments.by_code([key], as_of)).get(key)
        return None if view is None else UserSegment.of(view)
    return await _own_by_code(key, context)


async def _own_by_code(key: CodeKey, context: Context) -> UserSegment | None:
    """The look-up for a principal who sees only their own segments. A segment of others takes as
    long as one that does not exist: nobody can probe codes by timing.
    """
    query = SegmentQuery(statuses=None, codes=frozenset({key}))
    visible = await visible_segments(query, context)
    if visible is None:
        return None
    page = await context.site.reads.segments.page(visible, PageRequest(size=1))
    return UserSegment.of(page.rows[0][0]) if page.rows else None


async def _if_visible(view: SegmentView | None, context: Context) -> UserSegment | None:
    if view is None or not await can_see_segment(view, context):
        return None
    return UserSegment.of(view)
