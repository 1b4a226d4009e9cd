"""A sign-in whose subject is in the directory acts as that user, from the next request on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2

from tests.acceptance.commanding import done, tell
from tests.acceptance.service import Service, ask, client, token

VIEWER = "{ viewer { id displayName kind } }"
MINE = """
    query ($at: LogPosition) {
        siteUserSegments(minPosition: $at) { nodes { code createdBy { id displayName } } }
        users { nodes { username } }
    }
"""
ADA = {
    "username": "ada",
    "email": "ada@example.org",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "code": "P-7",
}


async def _viewer(http: httpx2.AsyncClient) -> dict[str, Any]:
    viewer: dict[str, Any] = (await ask(http, VIEWER))["viewer"]
    return viewer


async def _status(http: httpx2.AsyncClient) -> int:
    """What the service answers to whoever asks who they are."""
    return (await http.post("/graphql", json={"query": VIEWER})).status_code


async def _settled(http: httpx2.AsyncClient, position: int) -> None:
    query = "query ($at: LogPosition!) { users(minPosition: $at, first: 0) { totalCount } }"
    await ask(http, query, at=position)


async def test_a_token_s_user_acts_as_the_directory_s(
    service: Service, data_dir: Path, admin: str
) -> None:
    """An outsider until the directory knows them; by username, in any case of letters; with the
    roles of the token and those of the directory.
    """
    bearers = [token(data_dir, "learner", user=name) for name in ("ADA", "ada")]
    others = [token(data_dir, "learner", user=name) for name in ("ada@example.org", "P-7")]
    async with client(service.url, admin) as http, client(service.url, bearers[0]) as ada:
        outsider = await _viewer(ada)
        assert outsider["id"].startswith("person_")
        assert outsider["displayName"] == "ADA"
        created = await done(http, "createUser", **ADA, roles=["LEARNER"])
        user = {"id": created["user"]["id"], "displayName": "Ada Lovelace", "kind": "USER"}
        for bearer in bearers:
            async with client(service.url, bearer) as known:
                assert await _viewer(known) == user
        for bearer in others:
            async with client(service.url, bearer) as unknown:
                assert (await _viewer(unknown))["id"].startswith("person_")
        assert [
            e["code"] for e in (await tell(ada, "createUserSegment", name="Mine"))["errors"]
        ] == ["FORBIDDEN"]
        ref = {"username": "ada"}
        await done(http, "assignRoles", user=ref, roles=["TRAINING_MANAGER"])
        segment = (await done(ada, "createUserSegment", name="Mine", code="mine"))["segment"]
        assert segment["createdBy"] == {"displayName": "Ada Lovelace"}
        edit = await done(http, "updateUser", user=ref, lastName="King", username="countess")
        await _settled(http, edit["position"])
        data = await ask(http, MINE)
        (node,) = data["siteUserSegments"]["nodes"]
        assert node["createdBy"] == {"id": user["id"], "displayName": "Ada King"}
        assert (await _viewer(ada))["id"] == outsider["id"]  # nobody is called ada any more


async def test_a_learner_sees_what_is_theirs(service: Service, data_dir: Path, admin: str) -> None:
    """The visible segments that they are in, and themself."""
    async with client(service.url, admin) as http:
        await done(http, "createUser", **ADA)
        for code, visible in (("in", True), ("out", True), ("hidden", False)):
            await done(http, "createUserSegment", name=code, code=code, visible=visible)
        for code in ("in", "hidden"):
            added = await done(
                http, "addUsersToSegment", segment={"code": code}, users={"usernames": ["ada"]}
            )
        for user, codes, people in (
            ("ada", ["in"], ["ada"]),
            ("bob", [], []),
        ):
            async with client(service.url, token(data_dir, "learner", user=user)) as learner:
                data = await ask(learner, MINE, at=added["position"])
            found = [node["code"] for node in data["siteUserSegments"]["nodes"]]
            assert found == codes
            assert [node["username"] for node in data["users"]["nodes"]] == people


async def test_who_is_suspended_or_erased_is_not_let_in_any_more(
    service: Service, data_dir: Path, admin: str
) -> None:
    """From the next request on, with the very token that was good; roles of the token do not help.
    Files are not served to them either.
    """
    bearer = token(data_dir, "site-admin", user="ada")
    ref = {"username": "ada"}
    async with client(service.url, admin) as http, client(service.url, bearer) as ada:
        await done(http, "createUser", **ADA)
        segment = (await done(ada, "createUserSegment", name="Mine"))["segment"]
        file = f"/files/segments/{segment['id']}/members.csv"
        assert (await _status(ada), (await ada.get(file)).status_code) == (200, 200)
        suspended = await done(http, "updateUser", user=ref, status="SUSPENDED")
        assert suspended["user"]["status"] == "SUSPENDED"
        assert (await _status(ada), (await ada.get(file)).status_code) == (401, 401)
        answer = await ada.post("/graphql", json={"query": VIEWER})
        assert "suspended" in answer.headers["WWW-Authenticate"]
        await done(http, "updateUser", user=ref, status="ACTIVE")
        assert await _status(ada) == 200
        erased = await done(http, "eraseUser", user=ref, reason="They asked for it.")
        assert erased["user"]["displayName"] == "Erased user"
        assert (await _status(ada), (await ada.get(file)).status_code) == (401, 401)
        await done(http, "createUser", **{**ADA, "firstName": "Another"})
        assert (await _viewer(ada))["displayName"] == "Another Lovelace"


async def test_stand_ins_are_nobody_in_the_directory(
    service: Service, data_dir: Path, admin: str
) -> None:
    """Though somebody is called as they are."""
    async with client(service.url, admin) as http:
        await done(http, "createUser", **{**ADA, "username": "learner"})
        async with client(service.url, token(data_dir, "learner")) as stand_in:
            viewer = await _viewer(stand_in)
            assert viewer["id"].startswith("person_")
            assert viewer["displayName"] == "Learner"
