"""Queries for checkpoints and proofs of the event log."""

from typing import Annotated

import strawberry

from domain.kernel.ids import EVENT, position_in
from domain.kernel.permission import Permission
from graph.proofs.types import Checkpoint, InclusionProof
from graph.support.access_logging import require_and_log
from graph.support.context import Context, Info
from graph.support.errors import QueryError, QueryErrorCode, invalid
from graph.support.requirements import requires
from graph.support.scalars import TreeSize
from projections.proofs.reads import StoredCheckpoint, base64_text


@strawberry.type
class ProofQueries:
    @strawberry.field(
        description="Signed tree head of the log: a new one, or the latest if nothing was recorded"
        " since." + requires(Permission.SEE_LOG_STATUS)
    )
    async def checkpoint(self, info: Info) -> Checkpoint | None:
        info.context.require(Permission.SEE_LOG_STATUS)
        return Checkpoint.of(await info.context.site.checkpoint())

    @strawberry.field(
        description="Proof that an event is in the log, for the tree of a checkpoint's size."
        + requires(Permission.SEE_THE_LOG)
    )
    async def inclusion_proof(
        self,
        info: Info,
        event: Annotated[
            strawberry.ID, strawberry.argument(description="Id of the event to prove.")
        ],
        tree_size: Annotated[
            TreeSize | None,
            strawberry.argument(
                description="Size of the checkpoint to prove it for; omit for the present one."
            ),
        ] = None,
    ) -> InclusionProof | None:
        context = info.context
        require_and_log(info, Permission.SEE_THE_LOG)
        position = position_in(event)
        if position is None:
            raise invalid(f"No id of an {EVENT}.", "event")
        checkpoint = await _checkpoint(context, tree_size)
        leaf = await context.site.reads.proofs.leaf(position)
        if leaf is None:
            raise QueryError(QueryErrorCode.NOT_FOUND, "There is no such event.", "event")
        if leaf.index >= checkpoint.size:
            raise invalid("The event came after that checkpoint.", "treeSize")
        path = await context.site.reads.proofs.inclusion(leaf.index, checkpoint.size)
        return InclusionProof(
            leaf_index=TreeSize(leaf.index),
            tree_size=TreeSize(checkpoint.size),
            leaf_hash=base64_text(leaf.hashed),
            hashes=[base64_text(hashed) for hashed in path],
            checkpoint=Checkpoint.of(checkpoint),
        )

    @strawberry.field(
        description="Proof that the log of one size is the beginning of the log of another: an RFC"
        " 6962 consistency proof, hashes in base64. `from` and `to` are tree sizes"
        " (numbers of events), not positions." + requires(Permission.SEE_THE_LOG)
    )
    async def consistency_proof(
        self,
        info: Info,
        from_: Annotated[
            TreeSize, strawberry.argument(name="from", description="The smaller tree size.")
        ],
        to: Annotated[TreeSize, strawberry.argument(description="The larger tree size.")],
    ) -> list[str] | None:
        context = info.context
        require_and_log(info, Permission.SEE_THE_LOG)
        size = (await context.site.reads.proofs.progress()).size
        if to > size:
            size = (await context.site.checkpoint()).size
        if to > size:
            raise invalid(f"The log has {size} events.", "to")
        if not 0 <= from_ <= to:
            raise invalid("Must be from 0 to the other size.", "from")
        hashes = await context.site.reads.proofs.consistency(from_, to)
        return [base64_text(hashed) for hashed in hashes]


async def _checkpoint(context: Context, size: int | None) -> StoredCheckpoint:
    if size is None:
        return await context.site.checkpoint()
    kept = await context.site.reads.proofs.kept(size)
    if kept is None and size == (await context.site.reads.proofs.progress()).size:
        now = await context.site.checkpoint()
        kept = now if now.size == size else None
    if kept is None:
        raise invalid("There is no checkpoint of that size.", "treeSize")
    return kept
