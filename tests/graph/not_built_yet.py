"""What of the contract is still to come, each part under the reason why it is not there yet."""

from __future__ import annotations

NOT_BUILT_YET: dict[str, tuple[str, ...]] = {
    "why somebody is in a segment: the chain of facts": (
        "Field Query.whyMember",
        "MembershipReason",
    ),
    "comparison of two moments of a segment": (
        "Field Query.compareSegment",
        "FieldChange",
        "SegmentComparison",
    ),
    "subscriptions follow the log live": ("Subscription",),
}
