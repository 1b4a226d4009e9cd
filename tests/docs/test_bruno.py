"""The Bruno collection of the examples: each of its requests is answered, in their order."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.testclient import TestClient

from domain.kernel.principal import Role
from service.settings import Settings
from tests.docs.pages import REPOSITORY
from tests.docs.site import demo_site

FOLDER = REPOSITORY / "examples" / "bruno"
_BLOCK = re.compile(r"^([a-z:]+) \{\n(.*?)^\}$", re.DOTALL | re.MULTILINE)


class BrunoRequest(NamedTuple):
    """A file of the collection: the request that Bruno makes of it."""

    name: str
    url: str
    query: str
    variables: dict[str, Any]
    auth: str


def _read(path: Path) -> BrunoRequest:
    found = dict(_BLOCK.findall(path.read_text("utf-8")))
    meta, post = _fields(found["meta"]), _fields(found["post"])
    assert meta["type"] == post["body"] == "graphql"
    variables = json.loads(found["body:graphql:vars"])
    auth = _fields(found[f"auth:{post['auth']}"])["token"]
    return BrunoRequest(meta["name"], post["url"], found["body:graphql"], variables, auth)


def _fields(block: str) -> dict[str, str]:
    return dict(line.strip().split(": ", 1) for line in block.strip().splitlines())


def test_each_request_is_answered(database_url: str, tmp_path: Path) -> None:
    """By a site with demo content; the one that shows a conflict gets one."""
    files = sorted(FOLDER.glob("*.bru"))
    assert len(files) > 5
    settings = Settings(database_url=database_url, data_dir=tmp_path, oidc_issuer=None)
    with demo_site(settings, database_url, Role.SITE_ADMIN) as (http, token):
        for request in map(_read, files):
            _check(http, token, request)


def _check(http: TestClient, token: str, request: BrunoRequest) -> None:
    assert (request.url, request.auth) == ("{{url}}/graphql", "{{token}}")
    body = {"query": request.query, "variables": request.variables}
    answer = http.post("/graphql", json=body, headers={"Authorization": f"Bearer {token}"}).json()
    assert "errors" not in answer, answer
    codes = [
        error["code"]
        for payload in answer["data"].values()
        if isinstance(payload, dict)
        for error in payload.get("errors", ())
    ]
    assert codes == (["VERSION_CONFLICT"] if "Conflict" in request.name else [])


def test_it_holds_no_token() -> None:
    """It is a secret of the environment, by name alone."""
    environment = (FOLDER / "environments" / "local.bru").read_text("utf-8")
    assert "vars:secret [\n  token\n]" in environment
    assert "eyJ" not in "".join(path.read_text("utf-8") for path in FOLDER.rglob("*.bru"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.bru")), ids=lambda path: path.stem)
def test_files_are_numbered_as_they_run(path: Path) -> None:
    """Bruno sorts by `seq`, people by name."""
    meta = _fields(dict(_BLOCK.findall(path.read_text("utf-8")))["meta"])
    assert path.stem.startswith(f"{meta['seq']}-")
