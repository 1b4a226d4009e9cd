/** An edit of a segment: the version that it starts from, how it is sent, and what others changed. */

import { useCommand } from "~/graph/useCommand";
import { type ConflictReader, changedFields, type SendChanges } from "~/hooks/concurrentEdits";
import type { Versioned } from "~/hooks/useMergedForm";
import { UPDATE, type Updated } from "~/segments/mutations";
import {
  FIELD_NAMES,
  fieldsOf,
  inputOf,
  type SavedFields,
  type SegmentFields,
} from "~/segments/segmentFields";

export function versionOf(segment: SavedFields & { version: number }): Versioned<SegmentFields> {
  return { version: segment.version, values: fieldsOf(segment) };
}

/** `segment.edited` tells before and after of what changed; no other event changes a field. */
export const SEGMENT_CONFLICTS: ConflictReader<SegmentFields, Updated> = {
  currentIn: (refusal) => {
    const current = refusal.__typename === "VersionConflict" ? refusal.current : null;
    return current?.__typename === "UserSegment" ? versionOf(current) : null;
  },
  changedBy: (data) => changedFields(data, FIELD_NAMES),
};

export function useSendSegment(id: string): SendChanges<SegmentFields, Updated> {
  const update = useCommand(UPDATE);
  return (changes, version) =>
    update({ segment: { id }, expectedVersion: version, ...inputOf(changes) });
}
