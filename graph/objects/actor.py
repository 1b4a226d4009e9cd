"""Actors: people, programs and parts of the system that act."""

from enum import Enum
from typing import Self

import strawberry

from domain.kernel.principal import ActorKind as Kind
from projections.actors.reads import ActorView


@strawberry.enum(description="A person, another program, or a part of this system.")
class ActorKind(Enum):
    USER = strawberry.enum_value(Kind.USER, description="A person.")
    SERVICE = strawberry.enum_value(Kind.SERVICE, description="Another program.")
    SYSTEM = strawberry.enum_value(Kind.SYSTEM, description="This service, by its own rules.")


@strawberry.type(
    description="Who did something: a person, or a part of the system acting by a rule."
)
class Actor:
    id: strawberry.ID = strawberry.field(description="Opaque; never a name.")
    display_name: str = strawberry.field(description="The name as known now.")
    kind: ActorKind = strawberry.field(description="What sort of actor it is.")

    @classmethod
    def of(cls, view: ActorView) -> Self:
        """The object of a view."""
        return cls(
            id=strawberry.ID(view.id), display_name=view.display_name, kind=ActorKind(view.kind)
        )
