"""What of the contract is still to come, each part under the reason why it is not there yet."""

from __future__ import annotations

NOT_BUILT_YET: dict[str, tuple[str, ...]] = {
    "subscriptions follow the log live": ("Subscription",),
}
