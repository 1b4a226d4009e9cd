"""Commands on many segments: for training managers; deleting for site admins only."""

from __future__ import annotations

from tests.authorization.commands.segments import ERRORS, to_admins, to_managers
from tests.authorization.rows import Cells, Row

DONE = f"mode changed unchanged sample {{ name }} planHash commandId position replayed {ERRORS}"
FILTER = (
    "{filter: {status: [ACTIVE, ARCHIVED], visible: true, source: [MANUAL], hasMember: $ina,"
    ' codes: ["mine", "away"]}}'
)


def _row(command: str, what: str, said: str, told: Cells) -> Row:
    return Row(f"{command}: {what}", f"{command}(input: {{{said}}}) {{ {DONE} }}", told)


ROWS = [
    _row(
        "archiveUserSegments",
        "archived",
        'segments: {ids: [$away]}, mode: COMMIT, commandId: "away-all-CALLER", reason: "Over."',
        to_managers(),
    ),
    _row(
        "archiveUserSegments",
        "filter, looked at",
        f'segments: {FILTER}, search: "m", mode: DRY_RUN',
        to_managers(),
    ),
    _row(
        "archiveUserSegments",
        "filter, stale",
        f'segments: {FILTER}, planHash: "0"',
        to_managers("PLAN_STALE"),
    ),
    _row("restoreUserSegments", "active", 'segments: {codes: ["mine"]}', to_managers()),
    _row("restoreUserSegments", "none", "segments: {ids: [$none]}", to_managers("NOT_FOUND")),
    _row(
        "updateUserSegments",
        "as they are",
        "segments: {ids: [$mine, $theirs]}, search: null, visible: true, mode: COMMIT,"
        ' planHash: null, commandId: "all-seen-CALLER", reason: "As it is."',
        to_managers(),
    ),
    _row(
        "deleteUserSegments",
        "looked at",
        'segments: {ids: [$mine]}, search: null, mode: DRY_RUN, reason: "Over."',
        to_admins(),
    ),
    _row(
        "deleteUserSegments",
        "stale",
        'segments: {ids: [$mine]}, planHash: "0", commandId: "gone-CALLER", reason: "Over."',
        to_admins("PLAN_STALE"),
    ),
]
