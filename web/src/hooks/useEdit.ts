/** Editing a segment while others may, too: what they changed elsewhere in it does no harm. */
import { type Outcome, useCommand } from "~/graph/useCommand";
import { UPDATE, type Updated } from "~/segments/mutations";
import { type Changes, clashes, conflictOf } from "./concurrentEdits";

export type Edit = (id: string, version: number, changes: Changes) => Promise<Outcome<Updated>>;

/** Refused with VERSION_CONFLICT only when somebody changed the same fields to something else. */
export function useEdit(): Edit {
  const update = useCommand(UPDATE);
  return async function edit(id, version, changes) {
    const outcome = await update({ segment: { id }, expectedVersion: version, ...changes });
    const conflict = conflictOf(outcome, version);
    if (!conflict || conflict.version === version || clashes(changes, conflict).length > 0)
      return outcome;
    return edit(id, conflict.version, changes);
  };
}
