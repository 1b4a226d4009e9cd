"""What of the contract is still to come, each part under the reason why it is not there yet."""

from __future__ import annotations

NOT_BUILT_YET: dict[str, tuple[str, ...]] = {
    "why somebody is in a segment: the chain of facts": (
        "Field Query.whyMember",
        "MembershipReason",
    ),
    "the log as a whole is for auditors: its list, comparison of two moments": (
        "EventFilter",
        "Field Query.compareSegment",
        "Field Query.events",
        "FieldChange",
        "SegmentComparison",
    ),
    "subscriptions follow the log live": ("Subscription",),
}
