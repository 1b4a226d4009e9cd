"""Who is asking, and what they may do."""

from __future__ import annotations

from service.sign_in.development import STAND_INS
from tests.authorization.callers import BY_TOKEN, GROUPS, USERNAMES, Caller
from tests.authorization.rows import ABSENT, Row, cells, shown
from tests.authorization.tables import SOME, Table, asked, told

_LEARNER = ("SEE_OWN_SEGMENTS", "SEE_ONESELF", "SEE_LOG_STATUS")
_AUDITOR = (
    "SEE_ALL_SEGMENTS",
    "SEE_OWN_SEGMENTS",
    "SEE_THE_PAST",
    "SEE_THE_LOG",
    "SEE_ALL_USERS",
    "SEE_ONESELF",
    "SEE_LOG_STATUS",
)
_MANAGER = (
    "SEE_ALL_SEGMENTS",
    "SEE_OWN_SEGMENTS",
    "SEE_THE_PAST",
    "CHANGE_SEGMENTS",
    "SEE_ALL_USERS",
    "SEE_ONESELF",
    "CHANGE_MEMBERS",
    "UNDO_OWN",
    "SEE_LOG_STATUS",
)
_ADMIN = (
    "SEE_ALL_SEGMENTS",
    "SEE_OWN_SEGMENTS",
    "SEE_THE_PAST",
    "CHANGE_SEGMENTS",
    "DELETE_SEGMENTS",
    "SEE_THE_LOG",
    "SEE_ALL_USERS",
    "SEE_ONESELF",
    "CHANGE_MEMBERS",
    "UNDO_OWN",
    "UNDO_ANY",
    "CHANGE_USERS",
    "SEE_LOG_STATUS",
)

NAMES = {
    **{
        str(caller): f"{name.title()} Smith"
        for caller, name in USERNAMES.items()
        if caller in GROUPS["signed_in"]
    },
    **{str(caller): STAND_INS[role] for caller, role in BY_TOKEN.items()},
}
"""What each is called who is let in."""


KNOWN = [
    caller
    for caller in USERNAMES
    if caller in GROUPS["signed_in"] and caller is not Caller.ROLELESS
]
"""Those who see themselves in the directory."""


def _viewer(name: str) -> Table:
    return {"id": SOME, "displayName": name, "kind": "USER"}


ROWS = [
    Row(
        "viewer",
        f"viewer {{ {asked(_viewer(''))} }}",
        cells("", **{caller: told(_viewer(name)) for caller, name in NAMES.items()}),
    ),
    Row(
        "viewer: in the directory and outside of it",
        "viewer { ... on User { username } ... on Principal { displayName }"
        " ... on SystemActor { displayName } }",
        cells(
            "",
            **{caller: shown(name) for caller, name in NAMES.items()}
            | {str(caller): shown(USERNAMES[caller]) for caller in KNOWN},
        ),
    ),
    Row(
        "viewerMay",
        "viewerMay",
        cells(
            ABSENT,
            learners=_LEARNER,
            auditors=_AUDITOR,
            managers=_MANAGER,
            admins=_ADMIN,
        ),
    ),
    Row(
        "viewerUser",
        "viewerUser { username }",
        cells(
            ABSENT,
            outside=shown("otto"),
            inside=shown("ina"),
            second=shown("bob"),
            auditor=shown("audrey"),
            manager=shown("max"),
            admin=shown("ada"),
        ),
    ),
    Row("__schema", "__schema { queryType { name } }", cells(shown("Query"))),
    Row("__type", '__type(name: "User") { name }', cells(shown("User"))),
]
