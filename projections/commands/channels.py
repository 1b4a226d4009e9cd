"""Small numbers for channels, which the read model stores."""

from __future__ import annotations

from collections.abc import Mapping

from domain.kernel.envelope import Channel

CHANNEL_NUMBERS: Mapping[Channel, int] = {
    Channel.API: 1,
    Channel.CONSOLE: 2,
    Channel.CLI: 3,
    Channel.UPLOAD: 4,
    Channel.RULE: 5,
    Channel.SYSTEM: 6,
}
"""The numbers; a new channel takes the next one."""
