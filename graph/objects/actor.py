"""Who did something."""

from enum import Enum
from typing import Any, Self

import strawberry

from domain.kernel.permission import Permission as Row
from domain.kernel.principal import ActorKind as Kind
from projections.actors.reads import ActorView


@strawberry.enum(description="A person, another program, or a part of this system.")
class ActorKind(Enum):
    USER = strawberry.enum_value(Kind.USER, description="A person.")
    SERVICE = strawberry.enum_value(Kind.SERVICE, description="Another program.")
    SYSTEM = strawberry.enum_value(Kind.SYSTEM, description="This service, by its own rules.")


def _row(row: Row) -> Any:
    """In the words of the refusal of who may not."""
    return strawberry.enum_value(row, description=f"To {row.value}.")


@strawberry.enum(description="What somebody may do, by their roles.")
class Permission(Enum):
    SEE_ALL_SEGMENTS = _row(Row.SEE_ALL_SEGMENTS)
    SEE_OWN_SEGMENTS = _row(Row.SEE_OWN_SEGMENTS)
    SEE_THE_PAST = _row(Row.SEE_THE_PAST)
    CHANGE_SEGMENTS = _row(Row.CHANGE_SEGMENTS)
    DELETE_SEGMENTS = _row(Row.DELETE_SEGMENTS)
    SEE_THE_LOG = _row(Row.SEE_THE_LOG)
    SEE_ALL_USERS = _row(Row.SEE_ALL_USERS)
    SEE_ONESELF = _row(Row.SEE_ONESELF)
    CHANGE_MEMBERS = _row(Row.CHANGE_MEMBERS)
    UNDO_OWN = _row(Row.UNDO_OWN)
    UNDO_ANY = _row(Row.UNDO_ANY)
    CHANGE_USERS = _row(Row.CHANGE_USERS)
    SEE_LOG_STATUS = _row(Row.SEE_LOG_STATUS)


@strawberry.type(
    description="Who did something: a person, or a part of the system acting by a rule."
)
class Actor:
    id: strawberry.ID = strawberry.field(description="Opaque; never a name.")
    display_name: str = strawberry.field(description="The name as known now.")
    kind: ActorKind = strawberry.field(description="What sort of actor it is.")

    @classmethod
    def of(cls, view: ActorView) -> Self:
        """The type behind a view."""
        return cls(
            id=strawberry.ID(view.id), display_name=view.display_name, kind=ActorKind(view.kind)
        )
