"""Who is shown which field of a thing, once the thing itself is shown to them.

By type: the fields that those with a role, and those above them in the table, find something in.
What is new stands here before it is shown to anybody: test_who_sees.py compares this with the
schema, and each answer in the matrix is held against it.
"""

from __future__ import annotations

from tests.authorization.callers import GROUPS, Caller

EVERYBODY, LEARNERS, STAFF = "signed_in", "learners", "staff"
LOG, MANAGERS, ADMINS = "auditors", "managers", "admins"
INCLUDED = {
    EVERYBODY: GROUPS["signed_in"],
    LEARNERS: GROUPS["learners"] + GROUPS["staff"],
    STAFF: GROUPS["staff"],
    LOG: GROUPS["auditors"] + GROUPS["admins"],
    MANAGERS: GROUPS["managers"] + GROUPS["admins"],
    ADMINS: GROUPS["admins"],
}
"""Callers by the least that they must be."""

_PAGE = "edges pageInfo nodes totalCount"
_EDGE = "cursor node"
_REFUSAL = "code message path"
_COUNTED = "rowsRead rowsAccepted rowsRejected created updated unchanged"
_VALUES = "name code description visible source"
_FILE = "ignoredColumns rowErrors preview rejectedRows planHash position replayed"

TABLE: dict[str, dict[str, str]] = {
    "AccessEntry": {LOG: "at roles operation about outcome channel requestId actor"},
    "AccessEntryConnection": {LOG: _PAGE},
    "AccessEntryEdge": {LOG: _EDGE},
    "ActivityDay": {LOG: "day commands events"},
    "Actor": {EVERYBODY: "id displayName kind"},
    "Archived": {EVERYBODY: _REFUSAL, MANAGERS: "current"},
    "Checkpoint": {LEARNERS: "position size rootHash note"},
    "CodeTaken": {EVERYBODY: _REFUSAL, MANAGERS: "heldBy"},
    "Command": {
        STAFF: "id commandId recordedAt reason channel actor summary undoable"
        " undoneBy undoes events"
    },
    "CommandConnection": {STAFF: _PAGE},
    "CommandEdge": {STAFF: _EDGE},
    "CommandRefused": {EVERYBODY: _REFUSAL},
    "DeleteUserSegmentPayload": {
        EVERYBODY: "commandId errors",
        ADMINS: "deletedId position replayed",
    },
    "EventType": {EVERYBODY: "name versions description"},
    "FieldChange": {STAFF: "field before after"},
    "InclusionProof": {LOG: "leafIndex treeSize leafHash hashes checkpoint"},
    "InvalidValue": {EVERYBODY: _REFUSAL},
    "LogStatus": {LEARNERS: "head readModel"},
    "MemberCount": {STAFF: "at position count"},
    "MembersAddedDetails": {STAFF: "userCount users source"},
    "MembersRemovedDetails": {STAFF: "userCount users"},
    "MembershipReason": {STAFF: "since source file row because"},
    "Node": {EVERYBODY: "id"},
    "NotFound": {EVERYBODY: _REFUSAL},
    "Principal": {EVERYBODY: "id displayName kind"},
    "PageInfo": {LEARNERS: "hasNextPage hasPreviousPage startCursor endCursor"},
    "PersonDetails": {LOG: "username email firstName lastName code"},
    "RecordedEvent": {
        STAFF: "id position type schemaVersion recordedAt reason channel commandId actor summary"
        " data details leaf segment command"
    },
    "RecordedEventConnection": {STAFF: _PAGE},
    "RecordedEventEdge": {STAFF: _EDGE},
    "RolesAssignedDetails": {LOG: "version user before after"},
    "SegmentArchivedDetails": {STAFF: "version"},
    "SegmentComparison": {STAFF: "before after changes joined left"},
    "SegmentCreatedDetails": {STAFF: f"version {_VALUES}"},
    "SegmentDeletedDetails": {STAFF: "version name code"},
    "SegmentEditedDetails": {STAFF: "version changes"},
    "SegmentMemberConnection": {LEARNERS: _PAGE},
    "SegmentMemberEdge": {LEARNERS: f"{_EDGE} addedAt addedBy source"},
    "SegmentMembersPayload": {
        EVERYBODY: "commandId errors",
        MANAGERS: "changed unchanged position replayed segment",
    },
    "SegmentReinstatedDetails": {STAFF: f"version status {_VALUES}"},
    "SegmentRestoredDetails": {STAFF: "version"},
    "SegmentsPayload": {
        EVERYBODY: "mode commandId errors",
        MANAGERS: "changed unchanged sample planHash position replayed",
    },
    "SystemActor": {EVERYBODY: "id displayName kind"},
    "UndoCommandPayload": {
        EVERYBODY: "mode commandId errors",
        MANAGERS: "undone conflicts position replayed",
    },
    "UndoConflict": {MANAGERS: "event reason"},
    "UploadPayload": {
        EVERYBODY: "mode commandId errors",
        MANAGERS: f"{_COUNTED} {_FILE}",
        ADMINS: "newSiteAdmins",
    },
    "UploadRowError": {MANAGERS: "row column code message value"},
    "User": {
        LEARNERS: "id kind username email firstName lastName displayName code status roles"
        " createdAt updatedAt version segments"
    },
    "UserConnection": {LEARNERS: _PAGE},
    "UserCreatedDetails": {LOG: "version user roles person"},
    "UserEdge": {LEARNERS: _EDGE},
    "UserEditedDetails": {LOG: "version user changes"},
    "UserErasedDetails": {LOG: "version user"},
    "UserError": {EVERYBODY: _REFUSAL},
    "UserPayload": {EVERYBODY: "commandId errors", ADMINS: "user position replayed"},
    "UserReinstatedDetails": {LOG: "version user roles"},
    "UserRemovedDetails": {LOG: "version user"},
    "UserSegment": {
        LEARNERS: "id name code description descriptionHtml visible status source memberCount"
        " version createdAt updatedAt createdBy updatedBy members current",
        STAFF: "asOf memberCounts history",
    },
    "UserSegmentConnection": {LEARNERS: _PAGE},
    "UserSegmentEdge": {LEARNERS: _EDGE},
    "UserSegmentPayload": {EVERYBODY: "commandId errors", MANAGERS: "segment position replayed"},
    "VersionConflict": {EVERYBODY: _REFUSAL, MANAGERS: "currentVersion current since"},
}

WHO_SEES: dict[str, tuple[Caller, ...]] = {
    f"{kind}.{field}": INCLUDED[least]
    for kind, told in TABLE.items()
    for least, fields in told.items()
    for field in fields.split()
}
"""Callers by coordinates of fields."""
