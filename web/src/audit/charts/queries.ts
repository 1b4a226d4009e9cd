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
  query MembersOverTime($id: ID!) {
    userSegment(segment: { id: $id }) {
      id
      memberCounts(points: 120) {
        at
        position
        count
      }
    }
  }
`);
