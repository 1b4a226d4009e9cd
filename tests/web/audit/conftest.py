"""Segments with a past."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.web.site import Site


class Told(NamedTuple):
    """A segment, and how to do something to it past the browser."""

    id: str
    site: Site

    def edit(self, role: str = "site-admin", **fields: Any) -> int:
        """Changes it; the position of that."""
        query = """mutation($input: UpdateUserSegmentInput!) {
          updateUserSegment(input: $input) { position errors { message } } }"""
        given = {"segment": {"id": self.id}, **fields}
        payload = self.site.ask(query, role, input=given)["updateUserSegment"]
        assert payload["errors"] == []
        position: int = payload["position"]
        return position

    def remove(self, *usernames: str) -> int:
        """Takes people out of it; the position of that."""
        query = """mutation($input: SegmentMembersInput!) {
          removeUsersFromSegment(input: $input) { position errors { message } } }"""
        given = {"segment": {"id": self.id}, "users": {"usernames": usernames}}
        payload = self.site.ask(query, input=given)["removeUsersFromSegment"]
        assert payload["errors"] == []
        position: int = payload["position"]
        return position


def told(site: Site, code: str) -> Told:
    """One of the demo segments, by its code."""
    found = site.ask(f'{{ userSegment(segment: {{code: "{code}"}}) {{ id }} }}')
    return Told(found["userSegment"]["id"], site)


@pytest.fixture
def sales(site: Site) -> Told:
    """Was “Sales”, is “Sales Team”, and has five members."""
    return told(site, "sales")
