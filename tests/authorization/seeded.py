"""What rows speak of: a site with something of everything."""

from __future__ import annotations

import httpx2

from domain.kernel.ids import SEGMENT, as_of_id, uuid_in
from graph.support.pages.pagination import encode_cursor
from service.settings import Settings
from tests.authorization.callers import ROLES, USERNAMES, Caller, tokens_of
from tests.authorization.site import Seeded

STAFF = ("ada", "audrey", "max")
COUNT_OF_MINE = 5
SEGMENTS = {
    "mine": (True, ("ina", "bob", *STAFF)),
    "hidden": (False, ("ina",)),
    "theirs": (True, ("bob",)),
    "away": (True, ("ina",)),
    "gone": (True, ("ina",)),
}
"""Name: whether it is visible, and its members. Away is archived, Gone deleted. Staff whom the
directory knows are in Mine alone: to be in a segment gives them no more, nor less."""


async def seeded(http: httpx2.AsyncClient, settings: Settings) -> Seeded:
    """Everything that rows speak of."""
    site = Seeded(http, settings, tokens_of(settings))
    for caller, username in USERNAMES.items():
        await _come(site, caller, username)
    for name, (visible, members) in SEGMENTS.items():
        given = {"name": name.title(), "code": name, "visible": visible, "description": name}
        await site.do("createUserSegment", "CreateUserSegmentInput", **given)
        ref = {"segment": {"code": name}}
        users = {"users": {"usernames": list(members)}}
        await site.do("addUsersToSegment", "SegmentMembersInput", **ref, **users)
    await site.settle()
    await _know(site)
    await _change(site)
    await site.settle()
    return site


async def _come(site: Seeded, caller: Caller, username: str) -> None:
    held = [role.name for role in ROLES[caller]]
    names = {"firstName": username.title(), "lastName": "Smith", "code": f"no-{username}"}
    given = {"username": username, "email": f"{username}@example.org", **names, "roles": held}
    await site.do("createUser", "CreateUserInput", **given, commandId=f"{username}-comes")


async def _know(site: Seeded) -> None:
    """What everything is called, from the log and the read model."""
    people = (await site.root("{ users(first: 100) { nodes { id username } } }"))["users"]["nodes"]
    found = {person["username"]: person["id"] for person in people}
    segments = (await site.root("{ siteUserSegments { nodes { id code } } }"))["siteUserSegments"]
    site.ids |= found | {segment["code"]: segment["id"] for segment in segments["nodes"]}
    site.own |= {caller: found[username] for caller, username in USERNAMES.items()}
    for name in ("theirs", "hidden", "none"):
        place = COUNT_OF_MINE, uuid_in(site.ids[name], SEGMENT)
        site.ids[f"{name}Cursor"] = encode_cursor("MEMBER_COUNT", place)
    events = "query ($f: EventFilter) { events(filter: $f, first: 1) { nodes { id position } } }"
    about = {"segmentEvent": {"segment": site.ids["mine"]}, "userEvent": {"user": site.ids["ina"]}}
    for name, kept in about.items():
        (event,) = (await site.root(events, f=kept))["events"]["nodes"]
        site.ids[name] = event["id"]
    position = site.ids["position"] = await site.head()
    for name in ("mine", "gone"):
        site.ids[f"{name}Then"] = as_of_id(site.ids[name], position)
    site.ids["root"] = (await site.root("{ viewer { id } }"))["viewer"]["id"]


async def _change(site: Seeded) -> None:
    """Whoever and whatever is there no more, or not as before."""
    reason = {"reason": "Left."}
    sue = {"user": {"username": "sue"}, "status": "SUSPENDED"}
    await site.do("updateUser", "UpdateUserInput", **sue)
    await site.do("eraseUser", "EraseUserInput", user={"username": "eve"}, **reason)
    await site.do("undoCommand", "UndoCommandInput", command="rex-comes", **reason)
    await site.do("archiveUserSegment", "SegmentCommandInput", segment={"code": "away"})
    await _manage(site)
    gone = {"segment": {"code": "gone"}, **reason}
    await site.do("deleteUserSegment", "DeleteUserSegmentInput", **gone)


async def _manage(site: Seeded) -> None:
    """Commands of a training manager, about the segment that goes; and the names of some."""
    max_ = site.tokens[Caller.MANAGER]
    edit = {"segment": {"code": "gone"}, "description": "To go.", "reason": "Max was here."}
    given = {**edit, "commandId": "max-edits"}
    await site.done_by(max_, "updateUserSegment", "UpdateUserSegmentInput", **given)
    undo = {"command": "max-edits", "reason": "Max was here.", "commandId": "max-undoes"}
    await site.done_by(max_, "undoCommand", "UndoCommandInput", **undo)
    site.ids |= {
        "managersCommand": "command_max-edits",
        "managersUndo": "command_max-undoes",
        "adminsCommand": "command_ina-comes",
    }
