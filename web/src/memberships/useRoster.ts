/** Adds and removes members, and notifies of the result. */
import { type Outcome, useCommand } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { notifyWithUndo } from "~/undo/notifyWithUndo";
import { ADD, type MembershipResult, type Named, REMOVE } from "./mutations";

export type Direction = "add" | "remove";

export interface Roster {
  readonly change: (
    direction: Direction,
    users: Named,
    reason: string | null,
  ) => Promise<Outcome<MembershipResult>>;
  readonly tell: (direction: Direction, counts: MembershipResult) => void;
}

export function useRoster(segment: { id: string }): Roster {
  const t = useText();
  const add = useCommand(ADD);
  const remove = useCommand(REMOVE);
  return {
    change(direction, users, reason) {
      const input = { segment: { id: segment.id }, users, reason };
      return direction === "add" ? add(input) : remove(input);
    },
    tell(direction, { changed, unchanged, commandId }) {
      const outcome = direction === "add" ? "memberships.added" : "memberships.removed";
      const beside = direction === "add" ? "memberships.already-in" : "memberships.already-out";
      const counted = t(outcome, { count: changed });
      const message = unchanged > 0 ? `${counted} ${t(beside, { count: unchanged })}` : counted;
      notifyWithUndo(message, changed > 0 ? commandId : null);
    },
  };
}
