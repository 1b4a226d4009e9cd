/** Counts over time. */
import { graphql } from "~/graph/graphql";

export const SITE_ACTIVITY = graphql(`
  query SiteActivity($days: Int!) {
    siteActivity(days: $days) {
      day
      commands
      events
    }
  }
`);

export const MEMBER_COUNTS = graphql(`
  query MembersOverTime($id: ID!, $minPosition: LogPosition) {
    userSegment(segment: { id: $id }, minPosition: $minPosition) {
      id
      memberCounts(points: 120) {
        at
        position
        count
      }
    }
  }
`);
