/** The query variables of the Site User Segments list, from the page's address. */

import type { Order } from "~/components/table/DataTable";
import { windowOf } from "~/components/table/paging";
import type { VariablesOf } from "~/graph/graphql";
import type { Url } from "~/hooks/useUrl";
import type { SITE_USER_SEGMENTS } from "~/segments/queries";

type ListVariables = VariablesOf<typeof SITE_USER_SEGMENTS>;

export const ORDERS = ["NAME", "CODE", "MEMBER_COUNT", "CREATED_AT", "UPDATED_AT"] as const;
export const STATUSES = ["ACTIVE", "ARCHIVED", "ALL"] as const;
export const VISIBILITIES = ["VISIBLE", "HIDDEN"] as const;
export const SOURCES = ["MANUAL", "UPLOAD", "RULE", "SYNC"] as const;

/** The filtering variables of the address. */
export const FILTERS = ["status", "visibility", "source"] as const;

export function toVariables(url: Pick<Url, "get">): ListVariables {
  const status = oneOf(STATUSES, url.get("status")) ?? "ACTIVE";
  const visibility = oneOf(VISIBILITIES, url.get("visibility"));
  const source = oneOf(SOURCES, url.get("source"));
  return {
    ...windowOf(url.get),
    search: url.get("search"),
    filter: {
      status: status === "ALL" ? ["ACTIVE", "ARCHIVED"] : [status],
      ...(visibility && { visible: visibility === "VISIBLE" }),
      ...(source && { source: [source] }),
    },
    orderBy: { field: orderOf(url).column, direction: orderOf(url).direction },
  };
}

export function orderOf(url: Pick<Url, "get">): Order & { column: (typeof ORDERS)[number] } {
  const column = oneOf(ORDERS, url.get("order")) ?? "NAME";
  return { column, direction: url.get("direction") === "DESC" ? "DESC" : "ASC" };
}

/** One of the allowed values; any other value in an address counts as absent. */
function oneOf<T extends string>(values: readonly T[], said: string | null): T | undefined {
  return values.find((value) => value === said);
}
