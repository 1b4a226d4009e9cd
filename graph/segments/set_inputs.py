"""Inputs about many segments, and the domain's form of the set."""

import strawberry
from strawberry import UNSET

from domain.kernel.ids import USER, uuid_in
from domain.kernel.rejections import CommandRejected, InvalidValue, Path
from domain.segment_sets.segment_filter import SegmentFilter as Filter
from domain.segment_sets.segment_refs import NamedBy, SegmentRefs
from domain.segment_sets.segments_command import SegmentsCommand
from domain.segment_sets.segments_command import SegmentSet as Set
from domain.segments.values import SegmentSource as Source
from domain.segments.values import SegmentStatus as Status
from graph.objects.enums import UploadMode
from graph.segments.inputs import MAX_CODES, SegmentFilter
from graph.support.enums import to_domain_set
from graph.support.errors import QueryError
from graph.support.inputs import COMMAND_ID, REASON, parse_search

SEGMENTS = "The segments to change, named in one way."
SEARCH = (
    "Narrows the filter as the list's search does: part of a name, code or description. Only"
    " with a filter."
)
MODE = "Commit (the default) or dry run."
PLAN_HASH = (
    "The planHash of a dry run with the same input: refused as PLAN_STALE if another set would be"
    " changed now. Required for a filter, and for more than 100 segments."
)
VISIBLE = "Whether course teachers are offered the segments, from now on. Must not be null."


@strawberry.input(
    one_of=True,
    description="Names many segments in one way: at most 100,000 of them, of which duplicates"
    " count once.",
)
class SegmentSet:
    ids: list[strawberry.ID] | None = strawberry.field(
        default=UNSET, description="Segments by their present ids."
    )
    codes: list[str] | None = strawberry.field(
        default=UNSET, description="Segments by their codes, in any spelling."
    )
    filter: SegmentFilter | None = strawberry.field(
        default=UNSET,
        description="All segments that siteUserSegments lists under this filter: active ones"
        " unless it names a status, and archived ones when they are to be restored.",
    )


@strawberry.input(description="A command on many segments: all of it is recorded, or none.")
class SegmentsCommandInput:
    segments: SegmentSet = strawberry.field(description=SEGMENTS)
    search: str | None = strawberry.field(default=None, description=SEARCH)
    mode: UploadMode = strawberry.field(default=UploadMode.COMMIT, description=MODE)
    plan_hash: str | None = strawberry.field(default=None, description=PLAN_HASH)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="A deletion of many segments: all of them are deleted, or none.")
class DeleteUserSegmentsInput:
    segments: SegmentSet = strawberry.field(description=SEGMENTS)
    search: str | None = strawberry.field(default=None, description=SEARCH)
    mode: UploadMode = strawberry.field(default=UploadMode.COMMIT, description=MODE)
    plan_hash: str | None = strawberry.field(default=None, description=PLAN_HASH)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str = strawberry.field(description=f"{REASON} Required.")


@strawberry.input(description="An edit of many segments: only the fields that are given change.")
class UpdateUserSegmentsInput:
    segments: SegmentSet = strawberry.field(description=SEGMENTS)
    search: str | None = strawberry.field(default=None, description=SEARCH)
    visible: bool | None = strawberry.field(default=UNSET, description=VISIBLE)
    mode: UploadMode = strawberry.field(default=UploadMode.COMMIT, description=MODE)
    plan_hash: str | None = strawberry.field(default=None, description=PLAN_HASH)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


SetInput = SegmentsCommandInput | DeleteUserSegmentsInput | UpdateUserSegmentsInput


def set_of(input: SetInput, kind: type[SegmentsCommand]) -> Set:
    """The domain's form of the set that a command of that kind is about. CommandRejected INVALID
    when there can be none.
    """
    segments = input.segments
    if isinstance(segments.filter, SegmentFilter):
        return _filter_of(segments.filter, input.search, kind)
    if input.search is not None:
        raise _invalid(
            ("search",), "A search narrows a filter; these segments are named one by one."
        )
    for by in NamedBy:
        named = getattr(segments, by.value)
        if isinstance(named, list):
            return SegmentRefs(by, named)
    raise _invalid(("segments",), "Exactly one of the fields must be given, and not null.")


def _filter_of(given: SegmentFilter, search: str | None, kind: type[SegmentsCommand]) -> Filter:
    if given.codes is not None and len(given.codes) > MAX_CODES:
        raise _invalid(("segments", "filter", "codes"), f"At most {MAX_CODES:,} codes.")
    if given.has_member is not None and uuid_in(given.has_member, USER) is None:
        raise _invalid(("segments", "filter", "hasMember"), "This is no id of a user.")
    statuses = to_domain_set(given.status, Status)
    return Filter(
        search=_search_of(search),
        statuses=kind.STATUSES if statuses is None else statuses,
        visible=given.visible,
        sources=to_domain_set(given.source, Source),
        codes=None if given.codes is None else tuple(given.codes),
        has_member=given.has_member,
    )


def _search_of(search: str | None) -> str:
    try:
        return parse_search(search)
    except QueryError as error:
        raise _invalid(("search",), error.message) from error


def _invalid(path: Path, message: str) -> CommandRejected:
    return CommandRejected(InvalidValue(path=path, message=message))
