"""What clients say about segments."""

from datetime import datetime
from enum import Enum

import strawberry
from strawberry import UNSET

from domain.kernel.ids import SEGMENT, SegmentId, uuid_in
from domain.kernel.refusals import Refused
from domain.kernel.text import InvalidText
from domain.kernel.values import CodeKey, lookup_code
from domain.segments.refusals import no_such_segment
from domain.segments.segment_command import SegmentRef as Ref
from domain.segments.values import SegmentStatus as Status
from graph.segments.types import SegmentSource, SegmentStatus
from graph.support.context import Context
from graph.support.errors import invalid
from graph.support.scalars import LogPosition
from projections.segments.question import SegmentOrder as Order
from projections.segments.question import SegmentQuestion

MOST_CODES = 1_000
LONGEST_SEARCH = 254


@strawberry.enum(description="What the list can be ordered by.")
class SegmentOrderField(Enum):
    NAME = Order.NAME
    CODE = Order.CODE
    CREATED_AT = Order.CREATED_AT
    UPDATED_AT = Order.UPDATED_AT
    MEMBER_COUNT = Order.MEMBER_COUNT


@strawberry.enum(description="Upwards or downwards.")
class OrderDirection(Enum):
    ASC = "ASC"
    DESC = "DESC"


@strawberry.input(description="An order of the list; the id decides between equals.")
class SegmentOrder:
    field: SegmentOrderField = SegmentOrderField.NAME
    direction: OrderDirection = OrderDirection.ASC


@strawberry.input(description="Which segments to keep. Without a status: the active ones.")
class SegmentFilter:
    status: list[SegmentStatus] | None = None
    visible: bool | None = None
    source: list[SegmentSource] | None = None
    codes: list[str] | None = strawberry.field(
        default=None, description="Codes in any spelling, at most 1,000."
    )


@strawberry.input(
    one_of=True,
    description="A moment to look at: exactly one field is given. A position outside the log is an"
    " error, a time before the first event is an empty site.",
)
class AsOf:
    position: LogPosition | None = UNSET
    time: datetime | None = UNSET


@strawberry.input(one_of=True, description="Names one segment.")
class SegmentRef:
    id: strawberry.ID | None = UNSET
    code: str | None = UNSET


@strawberry.input(description="A new segment.")
class CreateUserSegmentInput:
    name: str
    code: str | None = None
    description: str | None = None
    visible: bool | None = True
    command_id: strawberry.ID | None = None
    reason: str | None = None


@strawberry.input(description="Only the fields that are given change; code: null clears the code.")
class UpdateUserSegmentInput:
    segment: SegmentRef
    name: str | None = UNSET
    code: str | None = UNSET
    description: str | None = UNSET
    visible: bool | None = UNSET
    expected_version: int | None = None
    command_id: strawberry.ID | None = None
    reason: str | None = None


@strawberry.input(description="A command on one segment.")
class SegmentCommandInput:
    segment: SegmentRef
    expected_version: int | None = None
    command_id: strawberry.ID | None = None
    reason: str | None = None


def ref_of(ref: SegmentRef) -> Ref:
    """The domain's form of a reference. Refused NOT_FOUND when it can name no segment."""
    if isinstance(ref.id, str):
        if uuid_in(ref.id, SEGMENT) is None:
            raise Refused(no_such_segment("id"))
        return Ref(id=SegmentId(ref.id))
    try:
        return Ref(code=lookup_code(ref.code or ""))
    except InvalidText:
        raise Refused(no_such_segment("code")) from None


async def moment_of(as_of: AsOf | None, context: Context) -> int | None:
    """The position that an AsOf means; None for now. Waits until the read model is there."""
    if as_of is None:
        return None
    return await context.moment(as_of.position or _zero(as_of), as_of.time or None)


def _zero(as_of: AsOf) -> int | None:
    return 0 if as_of.position == 0 else None


def question_of(
    search: str | None,
    filter: SegmentFilter | None,
    order: SegmentOrder | None,
    as_of: int | None,
) -> SegmentQuestion:
    """The question behind the list's arguments. QueryError INVALID for what cannot be asked."""
    text = search or ""
    if "\0" in text or len(text) > LONGEST_SEARCH:
        raise invalid(f"search is at most {LONGEST_SEARCH} characters, none of them NUL.", "search")
    kept, order = filter or SegmentFilter(), order or SegmentOrder()
    statuses = [status.value for status in kept.status or []]
    return SegmentQuestion(
        search=text,
        statuses=frozenset(statuses if kept.status is not None else [Status.ACTIVE]),
        visible=kept.visible,
        sources=None if kept.source is None else frozenset(s.value for s in kept.source),
        codes=None if kept.codes is None else _keys(kept.codes),
        as_of=as_of,
        order=order.field.value,
        descending=order.direction is OrderDirection.DESC,
    )


def _keys(codes: list[str]) -> frozenset[CodeKey]:
    if len(codes) > MOST_CODES:
        raise invalid(f"At most {MOST_CODES} codes.", "filter")
    keys = set()
    for code in codes:
        try:
            keys.add(lookup_code(code))
        except InvalidText:  # spelled as no code can be: it keeps nothing
            continue
    return frozenset(keys)
