"""The schema: all queries, mutations and subscriptions, and the extensions around an operation."""

from __future__ import annotations

import strawberry

from graph.access.queries import AccessQueries
from graph.actors.queries import ActorQueries
from graph.audit.command_queries import CommandQueries
from graph.audit.comparison import ComparisonQueries
from graph.audit.event_types import EventTypeQueries
from graph.audit.queries import AuditQueries
from graph.audit.reasons import ReasonQueries
from graph.audit.subscriptions import LogSubscriptions
from graph.memberships.mutations import MembershipMutations
from graph.nodes import NodeQueries
from graph.objects.actor import Principal, SystemActor
from graph.objects.command import Command
from graph.objects.event import RecordedEvent
from graph.objects.segment import UserSegment
from graph.objects.user import User
from graph.objects.user_errors import (
    Archived,
    CodeTaken,
    CommandRefused,
    InvalidValue,
    NotFound,
    VersionConflict,
)
from graph.people.mutations import PeopleMutations
from graph.people.queries import PeopleQueries
from graph.proofs.queries import ProofQueries
from graph.segments.mutations import SegmentMutations
from graph.segments.queries import SegmentQueries
from graph.segments.set_mutations import SegmentSetMutations
from graph.segments.subscriptions import SegmentSubscriptions
from graph.support.access_logging import log_rejections
from graph.support.execution.document_limits import DocumentLimits
from graph.support.execution.error_masking import ErrorMasking
from graph.support.execution.null_defaults import omit_null_defaults
from graph.support.execution.operation_cache import OperationCache
from graph.support.execution.page_pacing import pace_pages
from graph.support.execution.parsing import Parsing
from graph.support.execution.schema import Schema
from graph.support.execution.size_limits import SizeLimits
from graph.support.execution.validation import Validation
from graph.support.scalars import CONFIG
from graph.undo.mutations import UndoMutations
from graph.uploads.mutations import UploadMutations


@strawberry.type(
    description="Everything that can be read. One query is answered from one state of the site,"
    " told as `extensions.position`."
)
class Query(
    NodeQueries,
    ActorQueries,
    SegmentQueries,
    PeopleQueries,
    AuditQueries,
    CommandQueries,
    EventTypeQueries,
    AccessQueries,
    ComparisonQueries,
    ReasonQueries,
    ProofQueries,
):
    pass


@strawberry.type(
    description="Commands. Every input takes `commandId` (idempotency key) and `reason`; every"
    " payload has `errors`, `commandId`, `position` and `replayed`. A refused"
    " command records nothing."
)
class Mutation(
    SegmentMutations,
    SegmentSetMutations,
    MembershipMutations,
    PeopleMutations,
    UploadMutations,
    UndoMutations,
):
    pass


@strawberry.type(
    description="What can be followed live, by WebSocket (graphql-transport-ws) or as"
    " server-sent events (POST /graphql/stream)."
)
class Subscription(LogSubscriptions, SegmentSubscriptions):
    pass


DESCRIPTION = """\
The API of User Segments: a site's groups of people, their members, and their history.
Sign in with the header `Authorization: Bearer …`. Errors of commands are data: `errors` of each
payload. Other errors carry `extensions.code`. Expect new values of enums, and new fields.\
"""

schema = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[
        Command,
        UserSegment,
        User,
        Principal,
        SystemActor,
        RecordedEvent,
        InvalidValue,
        NotFound,
        CodeTaken,
        VersionConflict,
        Archived,
        CommandRefused,
    ],
    extensions=[
        ErrorMasking,
        OperationCache,
        SizeLimits,
        Parsing,
        DocumentLimits,  # known texts skip this one and the next
        Validation,
    ],
    config=CONFIG,
)
schema._schema.description = DESCRIPTION  # noqa: SLF001 - Strawberry has no argument for it
_mutations = schema._schema.mutation_type  # noqa: SLF001 - graphql-core's own
if _mutations is not None:
    log_rejections(_mutations)
pace_pages(schema._schema)  # noqa: SLF001 - likewise
omit_null_defaults(schema._schema)  # noqa: SLF001 - likewise
