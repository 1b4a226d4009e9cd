"""Actors: people, programs and parts of the system that act."""

from enum import Enum

import strawberry

from domain.kernel.principal import ActorKind as Kind
from graph.support.node import Node
from projections.actors.reads import ActorView


@strawberry.enum(description="A person, another program, or a part of this system.")
class ActorKind(Enum):
    USER = strawberry.enum_value(Kind.USER, description="A person, in the directory or not.")
    SERVICE = strawberry.enum_value(Kind.SERVICE, description="Another program that signed in.")
    SYSTEM = strawberry.enum_value(
        Kind.SYSTEM, description="This service, acting by its own rules."
    )


@strawberry.interface(
    description="Who did something: a person, or a part of the system acting by a rule."
)
class Actor(Node):
    display_name: str = strawberry.field(description="The current name, also on old events.")
    kind: ActorKind = strawberry.field(
        description="Whether it is a person, another program, or the service itself."
    )


@strawberry.type(
    description="Somebody who signed in and is not in the directory, or whose entry in it you may"
    " not see."
)
class Principal(Actor):
    pass


@strawberry.type(description="A part of the service acting by a rule or a process.")
class SystemActor(Actor):
    pass


def actor_of(view: ActorView) -> Actor:
    """The object of an actor who is no user of the directory."""
    kind = SystemActor if view.kind is Kind.SYSTEM else Principal
    return kind(
        id=strawberry.ID(view.id), display_name=view.display_name, kind=ActorKind(view.kind)
    )
