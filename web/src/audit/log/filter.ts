/** The log filter from the page's address. */

import { momentIn } from "~/audit/past/moment";
import type { VariablesOf } from "~/graph/graphql";
import type { LOG } from "./queries";

export type EventFilter = NonNullable<VariablesOf<typeof LOG>["filter"]>;

/** The filtering variables of the address. */
export const FILTERS = ["segment", "user", "actor", "type", "command", "from", "to"] as const;

export function filterIn(get: (name: string) => string | null): EventFilter {
  const type = get("type");
  return {
    segment: get("segment"),
    user: get("user"),
    actor: get("actor"),
    commandId: get("command"),
    types: type ? [type] : null,
    after: momentIn(get("from")),
    upTo: momentIn(get("to")),
  };
}

export function isFiltered(get: (name: string) => string | null): boolean {
  return FILTERS.some((name) => get(name));
}
