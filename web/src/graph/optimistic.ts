/** Optimistic updates of the cache, rolled back if the service refuses the command. */
import type { Cache, OptimisticMutationConfig, Variables } from "@urql/exchange-graphcache";
import { SEGMENT_FIELDS } from "./fragments";

interface Input {
  readonly segment?: { readonly id?: string };
  readonly name?: string;
  readonly code?: string | null;
  readonly description?: string | null;
  readonly visible?: boolean;
}

export const optimistic: OptimisticMutationConfig = {
  updateUserSegment: ({ input }, cache) => expected(cache, input as Input, edited(input as Input)),
  archiveUserSegment: ({ input }, cache) => expected(cache, input as Input, { status: "ARCHIVED" }),
  restoreUserSegment: ({ input }, cache) => expected(cache, input as Input, { status: "ACTIVE" }),
};

function edited({ name, code, description, visible }: Input): Variables {
  return {
    ...(name !== undefined && { name }),
    ...(code !== undefined && { code }),
    ...(description !== undefined && { description: description ?? "" }),
    ...(visible !== undefined && { visible }),
  };
}

function expected(cache: Cache, input: Input, changes: Variables) {
  const id = input.segment?.id;
  const known = id ? cache.readFragment(SEGMENT_FIELDS, { __typename: "UserSegment", id }) : null;
  return {
    __typename: "UserSegmentPayload",
    // Without what was known nothing can be shown before the answer.
    segment: known ? { __typename: "UserSegment", ...known, ...changes } : null,
    commandId: null,
    position: null,
    errors: [],
  };
}
