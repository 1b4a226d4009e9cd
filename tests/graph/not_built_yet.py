"""What of the contract is still to come, each part under the reason why it is not there yet."""

from __future__ import annotations

NOT_BUILT_YET: dict[str, tuple[str, ...]] = {
    "why somebody is in a segment: the chain of facts": (
        "Field Query.whyMember",
        "MembershipReason",
    ),
    "undo stands on everything that can be undone": (
        "Field Mutation.undoCommand",
        "UndoCommandInput",
        "UndoCommandPayload",
        "UndoConflict",
    ),
    "comparison of two moments of a segment": (
        "Field Query.compareSegment",
        "FieldChange",
        "SegmentComparison",
    ),
    "proofs: the Merkle tree over the log": (
        "Checkpoint",
        "Field Query.checkpoint",
        "Field Query.consistencyProof",
        "Field Query.inclusionProof",
        "Field RecordedEvent.leaf",
        "InclusionProof",
    ),
    "subscriptions follow the log live": ("Subscription",),
}
