"""The details of an event: one type for each event of the catalogue."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from domain.kernel.event import Event
from domain.memberships import events as memberships
from domain.people import events as people
from domain.segments import events as segments
from graph.objects.event_details import people as user_details
from graph.objects.event_details import rosters as roster_details
from graph.objects.event_details import segments as segment_details

EventDetails = Annotated[
    segment_details.SegmentCreatedDetails
    | segment_details.SegmentEditedDetails
    | segment_details.SegmentArchivedDetails
    | segment_details.SegmentRestoredDetails
    | segment_details.SegmentDeletedDetails
    | segment_details.SegmentReinstatedDetails
    | user_details.UserCreatedDetails
    | user_details.UserEditedDetails
    | user_details.RolesAssignedDetails
    | user_details.UserErasedDetails
    | user_details.UserRemovedDetails
    | user_details.UserReinstatedDetails
    | roster_details.MembersAddedDetails
    | roster_details.MembersRemovedDetails,
    strawberry.union(
        "EventDetails",
        description="What an event says, by its type. New event types bring new members: have a"
        " default case.",
    ),
]

DETAILS: dict[type[Event], Callable[[Any], Any]] = {
    segments.SegmentCreated: segment_details.SegmentCreatedDetails.of,
    segments.SegmentEdited: segment_details.SegmentEditedDetails.of,
    segments.SegmentArchived: segment_details.SegmentArchivedDetails.of,
    segments.SegmentRestored: segment_details.SegmentRestoredDetails.of,
    segments.SegmentDeleted: segment_details.SegmentDeletedDetails.of,
    segments.SegmentReinstated: segment_details.SegmentReinstatedDetails.of,
    people.UserCreated: user_details.UserCreatedDetails.of,
    people.UserEdited: user_details.UserEditedDetails.of,
    people.RolesAssigned: user_details.RolesAssignedDetails.of,
    people.UserErased: user_details.UserErasedDetails.of,
    people.UserRemoved: user_details.UserRemovedDetails.of,
    people.UserReinstated: user_details.UserReinstatedDetails.of,
    memberships.MembersAdded: roster_details.MembersAddedDetails.of,
    memberships.MembersRemoved: roster_details.MembersRemovedDetails.of,
}
"""How the details of each event are made; a test holds them to the catalogue."""
