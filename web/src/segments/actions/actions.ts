/** Actions on segments, as data: for the menu of one, and for many at once. */
import type { Command, Payload } from "~/graph/useCommand";
import type { MessageId } from "~/intl/locale";
import { ARCHIVE, DELETE, RESTORE, UPDATE } from "~/segments/mutations";
import type { SegmentState } from "~/segments/queries";
import type { Permission } from "~/session/Viewer";

interface ActionInput {
  readonly segment: { readonly id: string };
  readonly visible?: boolean;
  /** Blank for none. */
  readonly reason: string;
  readonly commandId?: string;
}

export type ActionPayload = Payload & { readonly commandId: string | null };

export interface SegmentAction {
  readonly name: "archive" | "restore" | "show" | "hide" | "delete";
  readonly needs: Permission;
  readonly mutation: Command<ActionPayload, ActionInput>;
  readonly fields?: { readonly visible: boolean };
  /** Whether it would change the segment. */
  readonly applies: (segment: SegmentState) => boolean;
  /** Whether a dialog asks for a reason first; without it the action runs at once. */
  readonly reason?: "required" | "optional";
}

export const SEGMENT_ACTIONS: readonly SegmentAction[] = [
  {
    name: "show",
    needs: "CHANGE_SEGMENTS",
    mutation: UPDATE,
    fields: { visible: true },
    applies: ({ status, visible }) => status === "ACTIVE" && !visible,
  },
  {
    name: "hide",
    needs: "CHANGE_SEGMENTS",
    mutation: UPDATE,
    fields: { visible: false },
    applies: ({ status, visible }) => status === "ACTIVE" && visible,
  },
  {
    name: "archive",
    needs: "CHANGE_SEGMENTS",
    mutation: ARCHIVE,
    applies: ({ status }) => status === "ACTIVE",
    reason: "optional",
  },
  {
    name: "restore",
    needs: "CHANGE_SEGMENTS",
    mutation: RESTORE,
    applies: ({ status }) => status === "ARCHIVED",
  },
  {
    name: "delete",
    needs: "DELETE_SEGMENTS",
    mutation: DELETE,
    applies: () => true,
    reason: "required",
  },
];

/** Message ids: of its button, its explanation and its notification. */
export function wordsOf({ name }: SegmentAction): Record<"act" | "means" | "done", MessageId> {
  return {
    act: `segments.${name}`,
    means: name === "delete" ? "segments.delete.means" : "segments.archive.means",
    done: `segments.${name}.done`,
  };
}
