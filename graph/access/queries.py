"""Queries for the access log."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.kernel.permission import Permission
from graph.access.outcome import AccessOutcome
from graph.access.types import ACCESS, AccessEntryConnection
from graph.support.access_logging import require_and_log
from graph.support.context import Info
from graph.support.errors import invalid
from graph.support.inputs import parse_actor
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from graph.support.requirements import requires
from projections.access.reads import AccessQuery

MAX_WORD_LENGTH = 100


@strawberry.input(
    description="Narrows the access log: an entry must match every field that is given."
)
class AccessFilter:
    actor: strawberry.ID | None = strawberry.field(
        default=None, description="Only requests by this actor id."
    )
    operation: str | None = strawberry.field(
        default=None, description='Only requests of this root field, such as "events".'
    )
    outcome: list[AccessOutcome] | None = strawberry.field(
        default=None, description="Only requests with one of these outcomes."
    )
    after: datetime | None = strawberry.field(
        default=None, description="Only requests after this time."
    )
    up_to: datetime | None = strawberry.field(
        default=None, description="Only requests up to and including this time."
    )


@strawberry.type
class AccessQueries:
    @strawberry.field(
        description="The access log, oldest first: who read the event log or parts of it, and whose"
        " requests were refused. Reading it is logged, too. Entries of other processes"
        " may take a moment to appear." + requires(Permission.SEE_THE_LOG)
    )
    async def access_log(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[
            AccessFilter | None,
            strawberry.argument(description="Narrows the list. Without it: all entries."),
        ] = None,
    ) -> AccessEntryConnection | None:
        require_and_log(info, Permission.SEE_THE_LOG)
        page_request = parse_page_request(ACCESS, (int,), first, after, last, before)
        query = _question(filter or AccessFilter())
        site = info.context.site
        await site.access_log.flush()
        return AccessEntryConnection.of(query, await site.reads.access.page(query, page_request))


def _question(chosen: AccessFilter) -> AccessQuery:
    return AccessQuery(
        actor=parse_actor(chosen.actor),
        operation=_word(chosen.operation),
        outcomes=_outcomes(chosen.outcome),
        after=chosen.after,
        up_to=chosen.up_to,
    )


def _outcomes(chosen: list[AccessOutcome] | None) -> frozenset[str] | None:
    return None if chosen is None else frozenset(str(outcome.value) for outcome in chosen)


def _word(text: str | None) -> str | None:
    if text is not None and ("\0" in text or len(text) > MAX_WORD_LENGTH):
        raise invalid(f"A word of at most {MAX_WORD_LENGTH} characters is wanted.", "filter")
    return text
