/**
 * The normalised cache: an edit shows at once on every part of the page. An id stands for one thing
 * at one moment, so that the past and the present are kept beside each other.
 */

import { EMBEDDED_TYPES, POSSIBLE_TYPES } from "virtual:schema-types";
import { cacheExchange } from "@urql/exchange-graphcache";
import type { Exchange } from "urql";
import { optimistic } from "./optimistic";

export function cache(): Exchange {
  return cacheExchange({
    keys: Object.fromEntries(EMBEDDED_TYPES.map((name) => [name, () => null])),
    optimistic,
    possibleTypes: POSSIBLE_TYPES,
  });
}
