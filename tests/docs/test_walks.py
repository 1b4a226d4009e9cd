"""What README and tutorial tell people to paste is done, and what they show comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from domain.kernel.principal import Role
from service.demo import fill_if_empty
from service.http.app import application
from service.settings import Settings
from service.sign_in import issue_development_token
from tests.docs.pages import text_of
from tests.docs.walkthrough import Step, Walker, alike, shown_answer, steps_of


@pytest.fixture
def walker(database_url: str, tmp_path: Path) -> Iterator[Walker]:
    """A service on a site with demo content, as `make run` first leaves it, and a site admin."""
    settings = Settings(database_url=database_url, data_dir=tmp_path, oidc_issuer=None)
    asyncio.run(fill_if_empty(settings, database_url))
    token = issue_development_token(settings, [Role.SITE_ADMIN], None, timedelta(minutes=5))
    environment = {"SEGMENTS_DATABASE_URL": database_url, "SEGMENTS_DATA_DIR": str(tmp_path)}
    with TestClient(application(settings)) as http:
        assert http.get("/health/ready").status_code == 200  # waits for the read model
        yield Walker(http, token, environment)


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial/first-segment.md"])
def test_every_step_does_what_the_page_shows(walker: Walker, page: str) -> None:
    """One after the other, on one site; ids and times aside."""
    steps = steps_of(text_of(page))
    assert {step.kind for step in steps} >= {"ask", "segments"}
    for step in steps:
        assert step.shown is not None, step.words
        assert alike(walker.take(step)) == alike(shown_answer(step.shown)), step.words


def test_the_guide_for_clients_is_true(walker: Walker) -> None:
    """Each request of it is answered, and as it shows where it shows something."""
    steps = steps_of(text_of("docs/how-to/write-a-client.md"))
    assert {step.kind for step in steps} == {"ask", "curl"}
    for step in steps:
        answer = walker.take(step)
        if step.shown is not None:
            assert alike(answer) == alike(shown_answer(step.shown)), step.words


def test_the_readme_begins_with_a_mutation_by_curl() -> None:
    """The first thing to paste is a whole command."""
    first = steps_of(text_of("README.md"))[0]
    assert first.kind == "curl"
    assert "createUserSegment" in first.words


def test_the_tutorial_s_first_command_can_be_repeated(walker: Walker) -> None:
    """It says so: the first result comes back, as it was, whatever happened since."""
    steps = steps_of(text_of("docs/tutorial/first-segment.md"))
    creation = next(step for step in steps if "tutorial-1" in step.words)
    first, second = walker.take(creation), walker.take(creation)
    assert first == second


def test_steps_are_found_with_what_they_show() -> None:
    """Blocks in other languages, and commands that set the scene, are no steps."""
    page = (
        "```sh\nmake run\n```\n```sh\nask <<'GRAPHQL'\n{ a }\nGRAPHQL\n```\n```json\n{}\n```\n"
        "```sh\n.venv/bin/segments history x\n```\n```graphql\n{ b }\n```\n"
    )
    asked, told = steps_of(page)
    assert asked == Step("ask", "{ a }\n", asked.shown)
    assert asked.shown is not None
    assert asked.shown.text == "{}\n"
    assert told == Step("segments", "history x", None)
