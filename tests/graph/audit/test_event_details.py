"""RecordedEvent.details: what each event says, typed and spelled as the schema spells it."""

from __future__ import annotations

from typing import Any

from domain.catalogue import CATALOGUE
from graph.objects.event_details.union import DETAILS
from graph.schema import schema
from tests.graph.client import GraphClient
from tests.graph.principals import LEARNER

DETAILS_OF = """
    query ($types: [String!]) {
        events(filter: {types: $types}, first: 100) { nodes { details {
            __typename
            ... on SegmentCreatedDetails { version name code description visible source }
            ... on SegmentEditedDetails { version changes { field before after } }
            ... on SegmentArchivedDetails { version }
            ... on SegmentDeletedDetails { version name code }
            ... on SegmentReinstatedDetails { name status source }
            ... on UserCreatedDetails {
                version roles user { displayName }
                person { username email firstName lastName code }
            }
            ... on UserEditedDetails { version personal: changes { field before after } }
            ... on RolesAssignedDetails { rolesBefore: before rolesAfter: after }
            ... on UserErasedDetails { version user { displayName } }
        } } }
    }
"""
USERS = """
    query ($first: Int, $after: String, $last: Int, $before: String) {
        events(filter: {types: ["members.added", "members.removed"]}) { nodes { details {
            ... on MembersAddedDetails {
                userCount source
                users(first: $first, after: $after, last: $last, before: $before) {
                    nodes { username } edges { cursor } totalCount
                    pageInfo { hasNextPage hasPreviousPage endCursor }
                }
            }
            ... on MembersRemovedDetails { userCount users { nodes { username } } }
        } } }
    }
"""


async def _details(ask: GraphClient, *types: str) -> list[dict[str, Any]]:
    data = await ask(DETAILS_OF, types=list(types) or None)
    return [event["details"] for event in data["events"]["nodes"]]


def test_each_event_of_the_catalogue_has_details() -> None:
    """By a member of the union that is called as the event."""
    assert {*DETAILS} == {*CATALOGUE.by_topic.values()}
    union = schema._schema.type_map["EventDetails"]
    names = {kind.name for kind in schema._schema.get_possible_types(union)}  # type: ignore[arg-type]
    assert names == {f"{event.__name__}Details" for event in DETAILS}


async def test_a_segments_events_are_typed(ask: GraphClient) -> None:
    """Its source and status are words of the schema's enums."""
    ref = {"segment": {"code": "sales"}}
    await ask.create("Sales", code="sales")
    await ask.done("updateUserSegment", {**ref, "name": "Sales Team", "visible": False})
    await ask.done("archiveUserSegment", ref)
    await ask.done("deleteUserSegment", {**ref, "reason": "Closed.", "commandId": "close"})
    undo = '{command: "close", mode: COMMIT, reason: "Open again."}'
    await ask(f"mutation {{ undoCommand(input: {undo}) {{ undone }} }}")
    await ask.settle()
    assert await _details(ask) == [
        {
            "__typename": "SegmentCreatedDetails",
            "version": 1,
            "name": "Sales",
            "code": "sales",
            "description": "",
            "visible": True,
            "source": "MANUAL",
        },
        {
            "__typename": "SegmentEditedDetails",
            "version": 2,
            "changes": [
                {"field": "name", "before": "Sales", "after": "Sales Team"},
                {"field": "visible", "before": True, "after": False},
            ],
        },
        {"__typename": "SegmentArchivedDetails", "version": 3},
        {
            "__typename": "SegmentDeletedDetails",
            "version": 4,
            "name": "Sales Team",
            "code": "sales",
        },
        {
            "__typename": "SegmentReinstatedDetails",
            "name": "Sales Team",
            "status": "ARCHIVED",
            "source": "MANUAL",
        },
    ]


async def test_a_users_events_are_typed(ask: GraphClient) -> None:
    """Personal fields are called as the schema calls them, and so are status and roles."""
    await ask.create_user("ann", roles=["LEARNER"])
    edit = {"user": {"username": "ann"}, "lastName": "Jones", "status": "SUSPENDED"}
    await ask.done("updateUser", edit)
    await ask.done("assignRoles", {"user": {"username": "ann"}, "roles": ["AUDITOR"]})
    await ask.settle()
    created, edited, assigned = await _details(ask)
    assert created == {
        "__typename": "UserCreatedDetails",
        "version": 1,
        "roles": ["LEARNER"],
        "user": {"displayName": "Ann Jones"},
        "person": {
            "username": "ann",
            "email": "ann@example.org",
            "firstName": "Ann",
            "lastName": "Smith",
            "code": None,
        },
    }
    assert edited["personal"] == [
        {"field": "lastName", "before": "Smith", "after": "Jones"},
        {"field": "status", "before": "ACTIVE", "after": "SUSPENDED"},
    ]
    assert (assigned["rolesBefore"], assigned["rolesAfter"]) == (["LEARNER"], ["AUDITOR"])


async def test_erased_data_is_null(ask: GraphClient) -> None:
    """What happened, and to whom, stays."""
    await ask.create_user("ann")
    await ask.done("updateUser", {"user": {"username": "ann"}, "lastName": "Jones"})
    await ask.done("eraseUser", {"user": {"username": "ann"}, "reason": "Asked for it."})
    await ask.settle()
    created, edited, erased = await _details(ask, "user.created", "user.edited", "user.erased")
    assert created["person"] is edited["personal"] is None
    assert erased["user"] == {"displayName": "Erased user"}


async def test_the_users_of_a_roster_event_are_paged(ask: GraphClient) -> None:
    """Both ways, in the event's own order."""
    await ask.create("Sales", code="sales")
    await ask.create_users("ann", "bob", "cyd")
    await ask.add("sales", "ann", "bob", "cyd")
    await ask.remove("sales", "bob")
    await ask.settle()
    added, removed = await _rosters(ask)
    names = [user["username"] for user in added["users"]["nodes"]]
    assert (added["userCount"], added["source"], sorted(names)) == (
        3,
        "MANUAL",
        ["ann", "bob", "cyd"],
    )
    assert removed == {"userCount": 1, "users": {"nodes": [{"username": "bob"}]}}
    first = (await _rosters(ask, first=2))[0]["users"]
    rest = (await _rosters(ask, after=first["pageInfo"]["endCursor"]))[0]["users"]
    assert [user["username"] for user in first["nodes"] + rest["nodes"]] == names
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    before = rest["edges"][0]["cursor"]
    back = (await _rosters(ask, last=1, before=before))[0]["users"]
    assert [user["username"] for user in back["nodes"]] == names[1:2]
    assert back["pageInfo"]["hasPreviousPage"] is back["pageInfo"]["hasNextPage"] is True
    assert back["totalCount"] == 3


async def _rosters(ask: GraphClient, **page: Any) -> list[dict[str, Any]]:
    return [event["details"] for event in (await ask(USERS, **page))["events"]["nodes"]]


async def test_learners_see_no_details(ask: GraphClient) -> None:
    """As they see no event."""
    await ask.create("Sales")
    assert await ask.codes(DETAILS_OF, LEARNER) == ["FORBIDDEN"]
