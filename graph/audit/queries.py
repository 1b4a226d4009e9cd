"""Questions about the log."""

import strawberry

from domain.policy import Permission
from graph.audit.types import LogStatus
from graph.support.context import Context
from graph.support.scalars import LogPosition


@strawberry.type
class AuditQueries:
    @strawberry.field(
        description="The position up to which the read model has followed the log, and the log's"
        " own head."
    )
    async def log_status(self, info: strawberry.Info[Context, None]) -> LogStatus:
        info.context.require(Permission.SEE_LOG_STATUS)
        read_model = info.context.site.position.value  # first: it can never be ahead of the head
        head = await info.context.site.audit.head()
        return LogStatus(head=LogPosition(head), read_model=LogPosition(read_model))
