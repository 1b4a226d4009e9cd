"""Every event that this code knows, from every slice. A new slice adds its line here."""

from __future__ import annotations

from domain.kernel.event import Catalogue
from domain.segments.events import SEGMENT_EVENTS

CATALOGUE = Catalogue((*SEGMENT_EVENTS,))
