/** The fields of a segment that are edited: as a form has them, as events tell them, as they are sent. */

import { useCommand } from "~/graph/useCommand";
import { changedFields, type SendChanges } from "~/hooks/concurrentEdits";
import type { Versioned } from "~/hooks/useMergedForm";
import { UPDATE, type Updated } from "~/segments/mutations";

export interface SegmentFields {
  name: string;
  /** Empty for none. */
  code: string;
  description: string;
  visible: boolean;
}

const FIELDS = ["name", "code", "description", "visible"] as const;

interface Known extends Omit<SegmentFields, "code"> {
  readonly code: string | null;
}

export function fieldsOf({ name, code, description, visible }: Known): SegmentFields {
  return { name, code: code ?? "", description, visible };
}

export function versionOf(segment: Known & { version: number }): Versioned<SegmentFields> {
  return { version: segment.version, values: fieldsOf(segment) };
}

/** `segment.edited` tells before and after of what changed; no other event changes a field. */
export function readFields(data: unknown): Partial<SegmentFields> {
  return changedFields<SegmentFields>(data, FIELDS);
}

/** The changes as the service takes them: a code of null clears it. */
export function inputOf({ code, ...others }: Partial<SegmentFields>) {
  return { ...others, ...(code !== undefined && { code: code || null }) };
}

export function useSendSegment(id: string): SendChanges<SegmentFields, Updated> {
  const update = useCommand(UPDATE);
  return (changes, version) =>
    update({ segment: { id }, expectedVersion: version, ...inputOf(changes) });
}
