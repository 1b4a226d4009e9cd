"""Queries for the principal who asks."""

import strawberry

from domain.kernel.permission import Permission as Row
from domain.policy import may
from graph.actors.permission import Permission
from graph.objects.actor import Actor
from graph.objects.lookup.actor import viewer_of
from graph.support.context import Info


@strawberry.type
class ActorQueries:
    @strawberry.field(description="You: the bearer of the token.")
    async def viewer(self, info: Info) -> Actor:
        return await viewer_of(info.context)

    @strawberry.field(
        description="What you may do. Use it to show or hide controls: everything else is refused,"
        " or answered as if it did not exist."
    )
    def viewer_may(self, info: Info) -> list[Permission]:
        return [Permission(row) for row in Row if may(info.context.principal, row)]
