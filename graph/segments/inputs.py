"""Inputs about segments."""

from collections.abc import Iterable
from enum import Enum
from functools import partial

import strawberry
from strawberry import UNSET

from domain.kernel.ids import USER
from domain.kernel.text import InvalidText
from domain.kernel.values import CodeKey, lookup_code
from domain.segments.values import SegmentSource as Source
from domain.segments.values import SegmentStatus as Status
from graph.objects.enums import SegmentSource, SegmentStatus
from graph.objects.refs import SEGMENT_REF, SegmentRef
from graph.support.context import CodeKeys, Context
from graph.support.enums import to_domain, to_domain_set
from graph.support.errors import QueryError, QueryErrorCode, invalid
from graph.support.inputs import COMMAND_ID, REASON, parse_id, parse_search
from graph.support.visibility import NO_SUCH_NUMBER
from projections.segments.query import SegmentOrder as Order
from projections.segments.query import SegmentQuery

MAX_CODES = 1_000
MAX_KEY_CHARACTERS = 200_000
"""Characters of all codes of a filter in normal form: a hundred each, but for those that grow."""
MANY_CHARACTERS = 1_000
"""Characters of codes in a filter that are normalised in the event loop at most. It takes a
millisecond, whatever they are, and thirty aliases can ask for it."""

ACTIVE = frozenset({Status.ACTIVE})
"""The statuses of segments on the list, unless a filter asks for others."""

NAME = "The name: 1 to 254 characters after trimming, on one line, no control or bidi characters."
CODE = (
    "The user segment ID: at most 100 characters after trimming, on one line, no control or bidi"
    " characters; blank means none. No other segment may have it, in any spelling."
)
DESCRIPTION = (
    "Plain text or Markdown, at most 10,000 characters, no control characters but TAB, CR, LF."
)
VISIBLE = "Whether course teachers are offered the segment. Must not be null."
EXPECTED_VERSION = "Refuses with VERSION_CONFLICT unless the segment is at this version."


@strawberry.enum(description="The field to order segments by.")
class SegmentOrderField(Enum):
    NAME = strawberry.enum_value(
        Order.NAME, description="By name, in natural order: item 2 before item 10."
    )
    CODE = strawberry.enum_value(
        Order.CODE, description="By code, in natural order; segments without a code last."
    )
    CREATED_AT = strawberry.enum_value(Order.CREATED_AT, description="By time of creation.")
    UPDATED_AT = strawberry.enum_value(Order.UPDATED_AT, description="By time of the last change.")
    MEMBER_COUNT = strawberry.enum_value(Order.MEMBER_COUNT, description="By number of members.")


@strawberry.enum(description="Sort direction.")
class OrderDirection(Enum):
    ASC = strawberry.enum_value("ASC", description="Ascending: the least first.")
    DESC = strawberry.enum_value("DESC", description="Descending: the greatest first.")


@strawberry.input(description="The order of a list of segments; equal ones are ordered by id.")
class SegmentOrder:
    field: SegmentOrderField = strawberry.field(
        default=SegmentOrderField.NAME, description="The field to order by."
    )
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.ASC, description="The direction."
    )


@strawberry.input(
    description="Narrows the list of segments. Without `status`, archived segments are left out."
)
class SegmentFilter:
    status: list[SegmentStatus] | None = strawberry.field(
        default=None, description="Only segments with one of these statuses."
    )
    visible: bool | None = strawberry.field(
        default=None, description="Only segments that are, or are not, offered to course teachers."
    )
    source: list[SegmentSource] | None = strawberry.field(
        default=None, description="Only segments that were created in one of these ways."
    )
    has_member: strawberry.ID | None = strawberry.field(
        default=None, description="Only segments with this user id among their members."
    )
    codes: list[str] | None = strawberry.field(
        default=None,
        description="Only segments with one of these codes, in any spelling; at most 1,000.",
    )


@strawberry.input(description="The new segment.")
class CreateUserSegmentInput:
    name: str = strawberry.field(description=NAME)
    code: str | None = strawberry.field(default=None, description=CODE)
    description: str | None = strawberry.field(default=None, description=DESCRIPTION)
    visible: bool | None = strawberry.field(default=True, description=VISIBLE)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(
    description="The segment and its new values. Fields that are not given stay; `code: null`"
    " clears the code."
)
class UpdateUserSegmentInput:
    segment: SegmentRef = strawberry.field(description=SEGMENT_REF)
    name: str | None = strawberry.field(default=UNSET, description=f"{NAME} Must not be null.")
    code: str | None = strawberry.field(default=UNSET, description=f"{CODE} Null clears it.")
    description: str | None = strawberry.field(
        default=UNSET, description=f"{DESCRIPTION} Null empties it."
    )
    visible: bool | None = strawberry.field(default=UNSET, description=VISIBLE)
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="The segment to archive or restore.")
class SegmentCommandInput:
    segment: SegmentRef = strawberry.field(description=SEGMENT_REF)
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="The segment to delete, and why.")
class DeleteUserSegmentInput:
    segment: SegmentRef = strawberry.field(description=SEGMENT_REF)
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str = strawberry.field(description=f"{REASON} Required.")


async def question_of(
    search: str | None,
    filter: SegmentFilter | None,
    order: SegmentOrder | None,
    as_of: int | None,
    context: Context,
) -> SegmentQuery:
    """The question behind the list's arguments. QueryError INVALID for what cannot be asked."""
    chosen, order = filter or SegmentFilter(), order or SegmentOrder()
    return SegmentQuery(
        search=parse_search(search),
        statuses=ACTIVE if chosen.status is None else to_domain_set(chosen.status, Status),
        visible=chosen.visible,
        sources=to_domain_set(chosen.source, Source),
        codes=None if chosen.codes is None else await _keys(tuple(chosen.codes), context),
        has_member=await _user_number(chosen.has_member, context),
        as_of=as_of,
        order=to_domain(order.field, Order),
        descending=order.direction is OrderDirection.DESC,
    )


async def _user_number(identifier: str | None, context: Context) -> int | None:
    if identifier is None:
        return None
    uuid = parse_id(identifier, USER, "filter")
    number = await context.site.reads.users.number_of(uuid)
    return NO_SUCH_NUMBER if number is None else number


async def _keys(codes: tuple[str, ...], context: Context) -> frozenset[CodeKey]:
    """The keys of codes. Many characters take a thread, once for however many aliases ask."""
    if len(codes) > MAX_CODES:
        raise invalid(f"At most {MAX_CODES} codes.", "filter")
    read = partial(_cached_keys, codes, context.code_keys)
    if sum(map(len, codes)) <= MANY_CHARACTERS:
        return read()
    return await context.site.limits.code_lock.run(read)


def _cached_keys(codes: tuple[str, ...], cached: CodeKeys) -> frozenset[CodeKey]:
    if codes not in cached:
        cached[codes] = _keys_of(codes)
    return cached[codes]


def _keys_of(codes: Iterable[str]) -> frozenset[CodeKey]:
    keys, characters = set(), 0
    for code in codes:
        try:
            key = lookup_code(code)
        except InvalidText:  # spelled as no code can be: it keeps nothing
            continue
        keys.add(key)
        characters += len(key)
        if characters > MAX_KEY_CHARACTERS:
            raise _too_long()
    return frozenset(keys)


def _too_long() -> QueryError:
    message = (
        f"The codes of a filter have at most {MAX_KEY_CHARACTERS:,} characters together, in the"
        " form in which they are compared. Ask for fewer at a time."
    )
    return QueryError(QueryErrorCode.LIMIT, message, "filter", limit=MAX_KEY_CHARACTERS)
