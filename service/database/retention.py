"""The days for which the access log is kept: set by the owner, not by the service."""

from __future__ import annotations

import psycopg

from service.database.connections import on_primary, owner_conninfo, service_conninfo
from service.settings import Settings

_SET = "UPDATE access.retention SET days = %(days)s WHERE days <> %(days)s"
_DAYS = "SELECT days FROM access.retention"

OTHERWISE = (
    "The access log is kept for {kept} days, not for SEGMENTS_ACCESS_LOG_DAYS={days}: who serves"
    " may not change that. Run `segments migrate` with the setting, as the owner."
)


def set_retention(owner_url: str, days: int) -> None:
    """Sets the age in days at which entries are deleted."""
    with psycopg.connect(on_primary(owner_conninfo(owner_url))) as owner:
        owner.execute(_SET, {"days": days})


def agree(settings: Settings, url: str) -> str | None:
    """Makes the database keep entries for as long as the settings say, where the owner's login is
    known; where it is not and they differ, returns a warning.
    """
    days = settings.access_log_days
    kept = _days_kept(url)
    if kept == days:
        return None
    if settings.owner_database_url is not None or settings.database_url is None:
        set_retention(settings.owner_database_url or url, days)
        return None
    is_meant = "access_log_days" in settings.model_fields_set
    return OTHERWISE.format(kept=kept, days=days) if is_meant else None


def _days_kept(url: str) -> int:
    with psycopg.connect(on_primary(service_conninfo(url, "pg_catalog"))) as connection:
        [(days,)] = connection.execute(_DAYS).fetchall()
    return int(days)
