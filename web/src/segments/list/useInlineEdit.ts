/** Renaming a segment, or giving it an ID, where it stands in the list. */
import { useRef } from "react";
import type { Save } from "~/components/table/InlineEdit";
import type { Outcome } from "~/graph/useCommand";
import { conflictOf } from "~/hooks/concurrentEdits";
import { problemOf } from "~/hooks/problem";
import { useEdit } from "~/hooks/useEdit";
import { useText } from "~/intl/useText";
import type { Updated } from "~/segments/mutations";
import { toldWithUndo } from "~/undo/offer";
import type { Listed } from "./listVariables";

/** Begins to edit the segment as it is now; each save is against what its editor has been shown. */
export function useInPlace(segment: Listed, field: "name" | "code"): () => Save {
  const t = useText();
  const edit = useEdit();
  /** The version after one's own last save: what it typed is shown before it is answered. */
  const own = useRef(Promise.resolve(0));
  return () => {
    let { version } = segment;
    return async (text) => {
      if (field === "name" && !text) return t("segments.name.needed");
      const outcome = await after(own.current, (saved) => {
        version = Math.max(version, saved);
        return edit(segment.id, version, { [field]: text || null });
      });
      const conflict = conflictOf(outcome, version);
      const theirs = conflict?.theirs[field];
      if (conflict && theirs) {
        version = conflict.version;
        const value = String(theirs.value) || t("segments.empty");
        return t("segments.conflict.in-place", { name: theirs.by, value });
      }
      if (outcome.kind === "done") toldWithUndo(t("segments.saved"), outcome.payload.commandId);
      return problemOf(outcome, t);
    };
  };

  function after(
    before: Promise<number>,
    send: (saved: number) => Promise<Outcome<Updated>>,
  ): Promise<Outcome<Updated>> {
    const sent = before.then(send);
    own.current = sent.then(versionAfter);
    return sent;
  }
}

function versionAfter(outcome: Outcome<Updated>): number {
  return outcome.kind === "done" ? (outcome.payload.segment?.version ?? 0) : 0;
}
