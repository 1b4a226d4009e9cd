"""Every event that this code knows, from every slice. A new slice adds its line here."""

from __future__ import annotations

from domain.kernel.event import Catalogue
from domain.memberships.events import MEMBERSHIP_EVENTS
from domain.people.events import PEOPLE_EVENTS
from domain.segments.events import SEGMENT_EVENTS

CATALOGUE = Catalogue((*SEGMENT_EVENTS, *PEOPLE_EVENTS, *MEMBERSHIP_EVENTS))
