"""Once somebody is erased nothing tells who they were: no table, line, file or backup."""

from __future__ import annotations

import subprocess
from base64 import b64decode
from pathlib import Path
from typing import Any

import httpx2
import psycopg

from projections.proofs.merkle import consistent, included
from tests.acceptance.audited import Audited
from tests.acceptance.commanding import done
from tests.acceptance.database_dump import dump, told
from tests.acceptance.service import SEGMENTS, Service, ask, client, token
from tests.acceptance.uploads import upload

FIELDS = {
    "username": "zsofia.racz",
    "email": "Zsofia.Racz@example.org",
    "firstName": "Zsófia",
    "lastName": "Ráczkövi",
    "code": "Staff-7781",
}
LATER = {"username": "zsofia.nagy", "lastName": "Nagyváradi", "email": "z.nagy@example.org"}
PERSONAL = [*FIELDS.values(), *LATER.values()]
LOG_ALONE = ("--exclude-schema=read_model*", "--exclude-schema=vault|identity")
WITHOUT_UPLOADS = "--exclude-table-data=uploads.*"
SEGMENT = {"code": "sales"}


async def _lived(http: httpx2.AsyncClient, data_dir: Path, url: str) -> str:
    """Somebody who was created, renamed, put into a segment, acted, and stood in a bad file."""
    created = await done(http, "createUser", **FIELDS, roles=["TRAINING_MANAGER"])
    await done(http, "createUserSegment", name="Sales", code="sales")
    users = {"usernames": [FIELDS["username"]]}
    await done(http, "addUsersToSegment", segment=SEGMENT, users=users)
    async with client(url, token(data_dir, "learner", user=FIELDS["username"])) as self:
        await done(self, "createUserSegment", name="Theirs")
    await done(http, "updateUser", user={"code": FIELDS["code"]}, **LATER)
    file = f"username,segment\n{LATER['username']},unknown\n".encode()
    await upload(http, "uploadSegmentMembers", file)
    user: str = created["user"]["id"]
    return user


async def _erased(http: httpx2.AsyncClient, user: str) -> None:
    erased = await done(http, "eraseUser", user={"id": user}, reason="They asked for it.")
    query = "query ($at: LogPosition!) { users(minPosition: $at, first: 0) { totalCount } }"
    await ask(http, query, at=erased["position"])


async def test_nothing_tells_who_was_erased(
    service: Service, database_url: str, data_dir: Path, admin: str
) -> None:
    """All of it could be told before; then no table does, no file and no line of the service."""
    async with client(service.url, admin) as http:
        user = await _lived(http, data_dir, service.url)
        now = [*LATER.values(), FIELDS["firstName"], FIELDS["code"]]
        assert told(dump(database_url), now) == now
        assert told(_roster(database_url, data_dir), [LATER["username"]])
        before = _log(database_url)
        await _erased(http, user)
        assert _log(database_url)[: len(before)] == before  # so that every proof holds as it did
        assert told(dump(database_url), PERSONAL) == []
        assert told(_roster(database_url, data_dir), PERSONAL) == []
        answers = [
            await http.post("/graphql", json={"query": q, "variables": {"user": user}})
            for q in (_STORY, _PERSON)
        ]
        assert told(b"".join(answer.content for answer in answers), PERSONAL) == []
        assert answers[1].json()["data"]["user"]["displayName"] == "Erased user"
    service.stop()
    assert told("\n".join(service.lines).encode(), PERSONAL) == []
    files = _files(data_dir)
    assert files
    assert [path for path in files if told(path.read_bytes(), PERSONAL)] == []


async def test_a_backup_of_the_log_never_told_who_they_are(
    service: Service, database_url: str, data_dir: Path, admin: str
) -> None:
    """Taken while the person was there, as the page on backups says; nor do the service's lines.
    What is sealed in it is opened by the vault of that time alone.
    """
    async with client(service.url, admin) as http:
        await _lived(http, data_dir, service.url)
        backup = dump(database_url, *LOG_ALONE, WITHOUT_UPLOADS)
        assert b"user.created" in backup
        assert told(backup, PERSONAL) == []
    service.stop()
    assert told("\n".join(service.lines).encode(), PERSONAL) == []


async def test_proofs_of_before_hold_after(
    service: Service, database_url: str, data_dir: Path, admin: str, tmp_path: Path
) -> None:
    """An export that was taken while the person was there, and each event's proof of inclusion;
    an export of after holds against the checkpoint of before. None of them tells who it was.
    """
    (tmp_path / "outside").mkdir()
    audited = Audited(database_url, data_dir, tmp_path / "outside")
    async with client(service.url, admin) as http:
        user = await _lived(http, data_dir, service.url)
        older = (await ask(http, _CHECKPOINT))["checkpoint"]
        audited.keep_what_is_published()
        proofs = await _proofs(http, older)
        exports = [audited.export("before.jsonl")]
        await _erased(http, user)
        assert await _proofs(http, older) == proofs
        newer = (await ask(http, _CHECKPOINT))["checkpoint"]
        before, after = older["size"], newer["size"]
        proof = await ask(http, _CONSISTENCY, **{"from": before, "to": after})
        path = [b64decode(hashed) for hashed in proof["consistencyProof"]]
        roots = [b64decode(found["rootHash"]) for found in (older, newer)]
        assert consistent(before, after, path, *roots)
        exports.append(audited.export("after.jsonl"))
    for export in exports:
        assert [code for code, _ in audited.verified(export)] == [0, 0]
        assert told(export.read_bytes(), PERSONAL) == []


async def _proofs(http: httpx2.AsyncClient, checkpoint: dict[str, Any]) -> list[dict[str, Any]]:
    """Of each event, that the checkpoint covers it."""
    found = []
    for number in range(1, checkpoint["size"] + 1):
        given = {"event": f"event_{number}", "size": checkpoint["size"]}
        proof = (await ask(http, _INCLUSION, **given))["inclusionProof"]
        leaf, path = b64decode(proof["leafHash"]), [b64decode(h) for h in proof["hashes"]]
        root = b64decode(checkpoint["rootHash"])
        assert included(leaf, proof["leafIndex"], checkpoint["size"], path, root)
        found.append(proof)
    return found


_CHECKPOINT = "{ checkpoint { size rootHash } }"
_INCLUSION = """
    query ($event: ID!, $size: TreeSize) {
        inclusionProof(event: $event, treeSize: $size) { leafIndex leafHash hashes }
    }
"""
_CONSISTENCY = """
    query ($from: TreeSize!, $to: TreeSize!) { consistencyProof(from: $from, to: $to) }
"""
_STORY = """{ userSegment(segment: {code: "sales"}) { history { nodes { summary data } } } }"""
_PERSON = "query ($user: ID!) { user(user: {id: $user}) { displayName username email code } }"


def _log(database_url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database_url) as connection:
        query = "SELECT id, type, data, tags FROM log.events_tt_main ORDER BY id"
        return connection.execute(query).fetchall()


def _roster(database_url: str, data_dir: Path) -> bytes:
    """The file of who is in the segment."""
    command = [str(SEGMENTS), "export-members", "sales", "--data", str(data_dir)]
    environment = {"SEGMENTS_DATABASE_URL": database_url, "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, capture_output=True, check=True, env=environment).stdout


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
