"""References: inputs that name one segment or one user, and the domain's form of them."""

import strawberry
from strawberry import UNSET

from domain.kernel.ids import SEGMENT, SegmentId, present_id_wanted, uuid_in
from domain.kernel.rejections import CommandRejected, InvalidValue
from domain.kernel.text import InvalidText
from domain.kernel.values import lookup_code
from domain.people import user_command
from domain.people.identifiers.lookup import UserKey
from domain.segments import segment_command
from domain.segments.rejections import no_such_segment
from graph.support.context import Context
from graph.support.errors import invalid

SEGMENT_REF = "The segment to change, by its present id or its code."
USER_REF = "The user to change."


@strawberry.input(one_of=True, description="Names one segment, by exactly one of these.")
class SegmentRef:
    id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="The segment's present id."
    )
    code: str | None = strawberry.field(
        default=UNSET, description="The segment's code (user segment ID), in any spelling."
    )


def segment_ref_of(ref: SegmentRef) -> segment_command.SegmentRef:
    """The domain's form of a reference. CommandRejected NOT_FOUND when it can name no segment."""
    if isinstance(ref.id, str):
        return segment_command.SegmentRef(id=_present_id(ref.id))
    try:
        return segment_command.SegmentRef(code=lookup_code(ref.code or ""))
    except InvalidText:
        raise CommandRejected(no_such_segment("code")) from None


def _present_id(identifier: str) -> SegmentId:
    wrong = present_id_wanted(identifier, SEGMENT)
    if wrong is not None:
        raise CommandRejected(InvalidValue(message=wrong, path=("segment", "id")))
    if uuid_in(identifier, SEGMENT) is None:
        raise CommandRejected(no_such_segment("id"))
    return SegmentId(identifier)


@strawberry.input(one_of=True, description="Names one user, by exactly one of these.")
class UserRef:
    id: strawberry.ID | None = strawberry.field(default=UNSET, description="The user's id.")
    username: str | None = strawberry.field(
        default=UNSET, description="The user's username, ignoring case."
    )
    email: str | None = strawberry.field(
        default=UNSET, description="The user's e-mail address, ignoring case."
    )
    code: str | None = strawberry.field(
        default=UNSET, description="The user's directory code, in any spelling."
    )


def named_by(ref: UserRef) -> tuple[UserKey, str]:
    """The kind of identifier by which a reference names a user, and its value."""
    for by in UserKey:
        named = getattr(ref, by.value)
        if isinstance(named, str):
            return by, named
    raise invalid("Exactly one of the fields must be given, and not null.", "user")


def user_ref_of(ref: UserRef, context: Context) -> user_command.UserRef:
    """The domain's form of a reference. CommandRejected NOT_FOUND when it can name nobody."""
    return user_command.UserRef.of(*named_by(ref), context.site.services.hashes)
