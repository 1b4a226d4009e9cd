"""What can be set, how it is shown, and what production refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.settings import (
    NEEDED_IN_PRODUCTION,
    Described,
    RemoteDevelopment,
    Settings,
    UnsafeInProduction,
    described,
    env_example,
    refuse_development_defaults,
    refuse_remote_development,
)

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SEGMENTS_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def line(name: str) -> Described:
    (found,) = [one for one in described(Settings()) if one.name == name]
    return found


def test_works_without_any_setting() -> None:
    """Nothing needs to be set in development; the database is then the embedded one."""
    settings = Settings()
    assert settings.database_url is None
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.environment == "development"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files and CI pass empty variables on."""
    monkeypatch.setenv("SEGMENTS_DATABASE_URL", "")
    monkeypatch.setenv("SEGMENTS_PORT", "")
    assert Settings().database_url is None
    assert Settings().port == 8000
    assert line("SEGMENTS_PORT").source == "default"


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And `segments config` says where each value is from."""
    (tmp_path / ".env").write_text("SEGMENTS_PORT=1111\nSEGMENTS_HOST=::1\nOTHER=x\n")
    monkeypatch.setenv("SEGMENTS_PORT", "2222")
    assert line("SEGMENTS_PORT")[1:3] == ("2222", "environment")
    assert line("SEGMENTS_HOST")[1:3] == ("::1", ".env file")
    assert line("SEGMENTS_ENVIRONMENT")[1:3] == ("development", "default")


def test_a_value_given_by_the_code_is_an_argument() -> None:
    """As `segments serve --port` gives it."""
    shown = {one.name: one.source for one in described(Settings(port=1))}
    assert shown["SEGMENTS_PORT"] == "argument"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://app:hunter2@db.example/segments", id="in the URL"),
        pytest.param(
            "postgres://app:hunter2@a:1,b:2/segments?sslmode=verify-full",
            id="in a URL of two hosts",
        ),
        pytest.param(
            "postgresql://db.example/segments?user=app&password=hunter2&sslmode=require",
            id="as parameter",
        ),
        pytest.param("postgresql://db.example/segments?sslpassword=hunter2", id="of a key"),
        pytest.param("host=db.example user=app password=hunter2 dbname=segments", id="in words"),
        pytest.param(r"host=db.example password='it\'s hunter2' dbname=segments", id="in quotes"),
    ],
)
def test_passwords_in_urls_are_masked(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """In every way in which libpq takes them; the rest of the URL stays readable."""
    monkeypatch.setenv("SEGMENTS_DATABASE_URL", url)
    shown = line("SEGMENTS_DATABASE_URL").value
    assert "hunter2" not in shown
    assert "********" in shown
    assert "segments" in shown
    assert "hunter2" not in repr(Settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEGMENTS_METRICS_TOKEN", "hunter2"),
        ("SEGMENTS_OIDC_CLIENT_SECRET", "hunter2"),
        (
            "SEGMENTS_CHECKPOINT_COMMAND",
            "curl -H 'Authorization: Bearer hunter2' https://x.example",
        ),
    ],
    ids=["token", "client's secret", "command"],
)
def test_secrets_are_masked(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Shown is only that there is one: what of a command is a secret, nobody can tell."""
    monkeypatch.setenv(name, value)
    assert line(name).value == "********"
    assert "hunter2" not in repr(Settings())


def test_every_setting_is_described() -> None:
    """In a sentence."""
    assert [one.name for one in described(Settings()) if not one.description.endswith(".")] == []


def test_the_example_file_is_current() -> None:
    """`.env.example` is generated: `python -m service.settings > .env.example`."""
    assert (REPOSITORY / ".env.example").read_text() == env_example()


def test_the_example_file_changes_nothing(tmp_path: Path) -> None:
    """Copied as it is, or with every # taken off, it says what the defaults are."""
    lines = env_example().splitlines()
    values = [text.removeprefix("#") for text in lines if text.startswith("#SEGMENTS_")]
    assert len(values) == len(Settings.model_fields)
    defaults = Settings()
    (tmp_path / ".env").write_text("\n".join(values))
    assert Settings() == defaults


def test_production_refuses_to_start_with_development_defaults() -> None:
    """And names all that is missing, not the first only."""
    with pytest.raises(UnsafeInProduction) as refused:
        refuse_development_defaults(Settings(environment="production"))
    for name in NEEDED_IN_PRODUCTION:
        assert f"SEGMENTS_{name.upper()}" in str(refused.value)


def test_production_starts_when_all_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """One setting less, and it does not."""
    monkeypatch.setenv("SEGMENTS_ENVIRONMENT", "production")
    monkeypatch.setenv("SEGMENTS_DATABASE_URL", "postgresql://db.example/segments")
    monkeypatch.setenv("SEGMENTS_OIDC_ISSUER", "https://login.example")
    monkeypatch.setenv("SEGMENTS_OIDC_AUDIENCE", "segments")
    monkeypatch.setenv("SEGMENTS_METRICS_TOKEN", "a token")
    refuse_development_defaults(Settings())
    monkeypatch.delenv("SEGMENTS_METRICS_TOKEN")
    with pytest.raises(UnsafeInProduction, match="SEGMENTS_METRICS_TOKEN"):
        refuse_development_defaults(Settings())


def test_development_starts_with_its_defaults() -> None:
    """That is what they are for."""
    refuse_development_defaults(Settings())


@pytest.mark.parametrize(
    ("environment", "given", "is_answered"),
    [
        ("development", None, True),
        ("development", "", True),
        ("development", "false", False),
        ("production", None, False),
        ("production", "", False),
        ("production", "true", True),
    ],
)
def test_introspection_follows_the_environment_unless_it_is_set(
    monkeypatch: pytest.MonkeyPatch, environment: str, given: str | None, is_answered: bool
) -> None:
    """Off in production, on in development."""
    monkeypatch.setenv("SEGMENTS_ENVIRONMENT", environment)
    if given is not None:
        monkeypatch.setenv("SEGMENTS_INTROSPECTION", given)
    assert Settings().answers_introspection is is_answered


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "segments.example", ""])
def test_development_is_refused_where_others_can_reach_it(host: str) -> None:
    """With both ways out; the one is production, the other asks for it."""
    with pytest.raises(RemoteDevelopment) as refused:
        refuse_remote_development(Settings(host=host))
    assert repr(host) in str(refused.value)
    assert "SEGMENTS_ENVIRONMENT=production" in str(refused.value)
    assert "SEGMENTS_ALLOW_REMOTE_DEVELOPMENT=true" in str(refused.value)
    refuse_remote_development(Settings(host=host, environment="production"))
    refuse_remote_development(Settings(host=host, allow_remote_development=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_development_on_loopback_needs_no_asking(host: str) -> None:
    """As `make run` is."""
    refuse_remote_development(Settings(host=host))
