/** Optimistic updates of the cache, rolled back if the service refuses the command. */
import type { Cache, OptimisticMutationConfig, Variables } from "@urql/exchange-graphcache";
import { SEGMENT_FIELDS } from "./fragments";

interface Input extends Variables {
  readonly segment?: { readonly id?: string };
}

export const optimistic: OptimisticMutationConfig = {
  updateUserSegment: ({ input }, cache) => expected(cache, input as Input, input as Input),
  archiveUserSegment: ({ input }, cache) => expected(cache, input as Input, { status: "ARCHIVED" }),
  restoreUserSegment: ({ input }, cache) => expected(cache, input as Input, { status: "ACTIVE" }),
};

/** The segment as it is known, with those of its fields that change. */
function expected(cache: Cache, input: Input, changes: Variables) {
  const id = input.segment?.id;
  const known = id ? cache.readFragment(SEGMENT_FIELDS, { __typename: "UserSegment", id }) : null;
  return {
    __typename: "UserSegmentPayload",
    // Without what was known nothing can be shown before the answer.
    segment: known ? { __typename: "UserSegment", ...known, ...changesOf(known, changes) } : null,
    commandId: null,
    position: null,
    errors: [],
  };
}

function changesOf(known: object, input: Variables): Variables {
  return Object.fromEntries(Object.entries(input).filter(([field]) => field in known));
}
