"""Prints the report of `segments upload`: all that the API tells of a plan, and of its result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.command_result import CommandResult
from domain.uploads.upload_command import UploadCommand
from domain.uploads.upload_users import UploadUsers
from service.cli.output.terminal import out, table

MAX_SHOWN = 50
"""Row errors on the screen; the file of rejected rows has them all."""

Upload = UploadCommand[Any]


def tell(command: Upload, outcome: CommandResult | None) -> None:
    """Prints counts, warnings, the first rows and the errors; `outcome` is None after a dry run."""
    plan = command.plan
    table(("", _mode(command, outcome)), list(_counts(command).items()))
    # In one piece each, to be given to --plan or to an undo.
    print(f"plan hash\t{plan.hash}")
    if outcome is not None and not command.is_rejected:
        print(f"command id\t{outcome.command_id}")
        print(f"position\t{outcome.position}")
    for sentence in _warnings(command, outcome):
        out.print(sentence, style="bold yellow", markup=False)
    _tell_rows(plan.preview)
    rows = [
        (str(e.row), e.column or "", e.code.value, e.message, e.value or "")
        for e in plan.errors[:MAX_SHOWN]
    ]
    if rows:
        table(("row", "column", "code", "message", "value"), rows)


def _mode(command: Upload, outcome: CommandResult | None) -> str:
    if outcome is None:
        return "dry run"
    return "not recorded" if command.is_rejected else "recorded"


def _counts(command: Upload) -> dict[str, str]:
    counts = command.counts()
    told = {
        "rows read": counts.rows_read,
        "rows accepted": counts.rows_accepted,
        "rows rejected": counts.rows_rejected,
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "ignored columns": ", ".join(command.ignored_columns),
    }
    if isinstance(command, UploadUsers):
        told["new site admins"] = counts.new_site_admins
    return {name: str(count) for name, count in told.items()}


def _warnings(command: Upload, outcome: CommandResult | None) -> Iterator[str]:
    """Yields a sentence each, for what is easily overlooked among counts."""
    plan = command.plan
    if command.is_rejected:
        verb = "would be" if outcome is None else "was"
        yield f"Nothing {verb} recorded: rows are bad. --bad-rows skip-rows records the others."
    elif plan.new_site_admins:
        who = "1 user" if plan.new_site_admins == 1 else f"{plan.new_site_admins} users"
        verb = "would become" if outcome is None else "became"
        yield f"{who} {verb} site admin, and may do everything."
    if len(plan.errors) > MAX_SHOWN:
        yield f"Only the first {MAX_SHOWN} errors are shown. --rejected FILE writes all bad rows."


def _tell_rows(preview: list[dict[str, Any]]) -> None:
    """Prints the first rows, as they were understood."""
    if preview:
        rows = [tuple(_cell(value) for value in row.values()) for row in preview]
        table(tuple(preview[0]), rows)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)
