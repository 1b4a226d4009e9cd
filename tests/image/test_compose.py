"""The environment of a service, worked out as `docker compose` does."""

from __future__ import annotations

import pytest

from tests.image.checks import PASSWORDS
from tests.image.compose import VariableMissing, environment_of, interpolated, seconds


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("plain", "plain"),
        ("${GIVEN}", "value"),
        ("${GIVEN:-default}", "value"),
        ("${GIVEN:?is needed}", "value"),
        ("${ABSENT:-default}", "default"),
        ("${EMPTY:-default}", "default"),
        ("${ABSENT:-}", ""),
        ("a ${GIVEN} and ${ABSENT:-another}", "a value and another"),
    ],
)
def test_references_are_replaced(text: str, result: str) -> None:
    """By the variable, or by the default that the file gives."""
    assert interpolated(text, {"GIVEN": "value", "EMPTY": ""}) == result


@pytest.mark.parametrize("variables", [{}, {"NEEDED": ""}], ids=["absent", "empty"])
def test_what_is_needed_and_missing_is_told(variables: dict[str, str]) -> None:
    """In the file's own words."""
    with pytest.raises(VariableMissing, match="NEEDED is the password of somebody"):
        interpolated("${NEEDED:?is the password of somebody}", variables)


def test_passwords_reach_their_services_as_they_are() -> None:
    """And what nobody set is development, with nothing of a provider."""
    assert environment_of("migrate", PASSWORDS)["PGPASSWORD"] == "o'wner \\"
    service = environment_of("service", PASSWORDS)
    assert service["PGPASSWORD"] == '$ap"p'
    assert service["SEGMENTS_ENVIRONMENT"] == "development"
    assert service["SEGMENTS_OIDC_ISSUER"] == ""


def test_a_duration_is_read() -> None:
    """In seconds."""
    assert seconds("30s") == 30
