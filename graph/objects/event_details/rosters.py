"""What the events of a roster say, as types."""

from typing import Self

import strawberry

from domain.memberships import events
from graph.objects.enums import SegmentSource
from graph.objects.user_connection import UserConnection
from graph.objects.user_list import page_of_users
from graph.support.context import Info
from graph.support.pages.pagination import After, Before, First, Last


@strawberry.type
class _OfRoster:
    """What both of them say."""

    ids: strawberry.Private[tuple[str, ...]]
    user_count: int = strawberry.field(
        description="Number of users in this event, at most 5,000. A command over more users"
        " records several events."
    )

    @strawberry.field(
        description="The users in this event, as they are now, in the event's order. Erased ones"
        " are among them. Only those whom you may see."
    )
    async def users(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> UserConnection:
        return await page_of_users(self.ids, info.context, first, after, last, before)


@strawberry.type(description="Details of members.added: users who joined the segment.")
class MembersAddedDetails(_OfRoster):
    source: SegmentSource = strawberry.field(description="How these users were added.")

    @classmethod
    def of(cls, event: events.MembersAdded) -> Self:
        """The details of that event."""
        source = SegmentSource(event.source)
        return cls(ids=event.user_ids, user_count=len(event.user_ids), source=source)


@strawberry.type(description="Details of members.removed: users who left the segment.")
class MembersRemovedDetails(_OfRoster):
    @classmethod
    def of(cls, event: events.MembersRemoved) -> Self:
        """The details of that event."""
        return cls(ids=event.user_ids, user_count=len(event.user_ids))
