"""The one clock of a process, so that tests can hold time still."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Returns the present time, in UTC, to the microsecond."""


def utc_now() -> datetime:
    """Returns the machine's time, in UTC."""
    return datetime.now(UTC)


def format_instant(instant: datetime) -> str:
    """Formats a time as RFC 3339 in UTC with six decimals and a Z: as events store it and the API
    prints it.
    """
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


_RFC_3339 = re.compile(
    r"(\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d|60)((?:\.\d+)?(?:Z|[+-]\d\d:\d\d))",
    re.ASCII | re.IGNORECASE,
)
"""`date-time` of RFC 3339, section 5.6: no other form of ISO 8601, and no blank for the T."""


def parse_instant(text: str) -> datetime:
    """Parses the format that `format_instant` writes. ValueError when `text` is no RFC 3339 time
    with an offset.

    Digits finer than a microsecond are cut off; a leap second is the moment that it ends with.
    """
    parts = _RFC_3339.fullmatch(text)
    if parts is None:
        raise ValueError("a time is written as 2026-03-01T12:30:00Z or with an offset from UTC")
    minute, second, rest = parts.groups()
    if second != "60":
        return _in_utc(datetime.fromisoformat(text.upper()))
    offset = rest.lstrip(".0123456789").upper()
    before = _in_utc(datetime.fromisoformat(f"{minute}:59{offset}".upper()))
    after = _in_utc(before, timedelta(seconds=1))
    if (after.day, after.hour, after.minute) != (1, 0, 0):
        raise ValueError("a leap second is the last one of a month of UTC")
    return after


def _in_utc(instant: datetime, later: timedelta = timedelta(0)) -> datetime:
    try:
        return instant.astimezone(UTC) + later
    except OverflowError:
        raise ValueError("a time must lie in the years 1 to 9999 of UTC") from None
