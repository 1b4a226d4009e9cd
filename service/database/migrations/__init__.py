"""The schema of everything but the read model: numbered steps, each taken once, in order."""

from service.database.migrations.migrate import (
    DatabaseTooNew,
    MigrationRefused,
    alone,
    migrate,
    pending,
)

__all__ = ["DatabaseTooNew", "MigrationRefused", "alone", "migrate", "pending"]
