"""Questions about actors."""

import strawberry

from graph.actors.types import Actor
from graph.support.context import Context
from projections.actors.reads import view_of


@strawberry.type
class ActorQueries:
    @strawberry.field(description="Who is asking.")
    def viewer(self, info: strawberry.Info[Context, None]) -> Actor:
        return Actor.of(view_of(info.context.principal))
