"""The types of checkpoints and proofs."""

from typing import Self

import strawberry

from graph.support.scalars import LogPosition, TreeSize
from projections.proofs.reads import StoredCheckpoint, base64_text


@strawberry.type(
    description="A signed statement of the whole log up to a position, in the C2SP tlog-checkpoint"
    " note format. origin + size + root hash are in the note."
)
class Checkpoint:
    position: LogPosition = strawberry.field(
        description="Position of the last event covered; 0 for none."
    )
    size: TreeSize = strawberry.field(
        description="Number of events covered: the tree size for proofs, not a position."
    )
    root_hash: str = strawberry.field(
        description="Root hash of the tree over these events, base64."
    )
    note: str = strawberry.field(
        description="The signed note, with origin, size and root hash in it."
    )

    @classmethod
    def of(cls, kept: StoredCheckpoint) -> Self:
        """The object of a signed checkpoint."""
        return cls(
            position=LogPosition(kept.position),
            size=TreeSize(kept.size),
            root_hash=base64_text(kept.root),
            note=kept.note,
        )


@strawberry.type(description="RFC 6962 audit path of one event, from leaf to root.")
class InclusionProof:
    leaf_index: TreeSize = strawberry.field(
        description="The event's index among all events, from 0; not its position."
    )
    tree_size: TreeSize = strawberry.field(description="Number of events that the tree covers.")
    leaf_hash: str = strawberry.field(
        description="SHA-256 leaf hash of the event's `leaf`, base64."
    )
    hashes: list[str] = strawberry.field(description="The hashes of the path, base64.")
    checkpoint: Checkpoint = strawberry.field(
        description="The signed checkpoint of exactly that tree."
    )
