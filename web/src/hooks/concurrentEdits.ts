/** What others recorded while somebody edited a segment, and where that clashes with the edit. */
import type { Outcome } from "~/graph/useCommand";
import type { SegmentFields } from "~/segments/edit/SegmentForm";
import type { Updated } from "~/segments/mutations";

export const FIELDS = ["name", "code", "description", "visible"] as const;
export type Field = (typeof FIELDS)[number];

/** The fields that an edit changes; code: null clears it. */
export type Changes = {
  -readonly [F in Field]?: SegmentFields[F] | (F extends "code" ? null : never);
};

/** What a field is since somebody else changed it. */
export interface Theirs {
  readonly value: string | boolean;
  readonly by: string;
  readonly at: string;
}

export interface Conflict {
  /** The version that all of this leads to. */
  readonly version: number;
  readonly theirs: Partial<Record<Field, Theirs>>;
}

export interface Fact {
  readonly data: unknown;
  readonly recordedAt: string;
  readonly actor: { readonly displayName: string };
}

/** The fields as they are now, of those that differ from what they were. */
export function changesOf(before: SegmentFields, now: SegmentFields): Changes {
  const changes: Changes = {};
  if (now.name !== before.name) changes.name = now.name;
  if (now.code !== before.code) changes.code = now.code || null;
  if (now.description !== before.description) changes.description = now.description;
  if (now.visible !== before.visible) changes.visible = now.visible;
  return changes;
}

/** What the refusal of an edit at that version says of others' edits; undefined for all else. */
export function conflictOf(outcome: Outcome<Updated>, version: number): Conflict | undefined {
  if (outcome.kind !== "refused") return undefined;
  for (const error of outcome.payload.errors)
    if ("since" in error && error.since) return meanwhile(error.since, version);
  return undefined;
}

/** Each fact takes the version one further. */
export function meanwhile(since: readonly Fact[], version: number): Conflict {
  const theirs: Partial<Record<Field, Theirs>> = {};
  for (const { data, recordedAt: at, actor } of since)
    for (const field of FIELDS) {
      const value = valueIn(data, field);
      if (value !== undefined) theirs[field] = { value, by: actor.displayName, at };
    }
  return { version: version + since.length, theirs };
}

/** The fields that both changed, and not to the same. */
export function clashes(mine: Changes, { theirs }: Conflict): Field[] {
  return FIELDS.filter((field) => {
    const their = theirs[field];
    return their !== undefined && field in mine && (mine[field] ?? "") !== their.value;
  });
}

/** What an edit starts from once the others' is known. */
export function rebased(before: SegmentFields, conflict: Conflict): SegmentFields {
  return settled(before, conflict, []);
}

/** One's own fields, with theirs wherever one does not keep one's own. */
export function settled(
  mine: SegmentFields,
  { theirs }: Conflict,
  keptMine: readonly Field[],
): SegmentFields {
  const taken = FIELDS.filter((field) => theirs[field] && !keptMine.includes(field));
  return { ...mine, ...Object.fromEntries(taken.map((field) => [field, theirs[field]?.value])) };
}

/** `segment.edited` tells before and after of what changed; no other fact changes a field. */
function valueIn(data: unknown, field: Field): string | boolean | undefined {
  const told = (data as Partial<Record<Field, unknown>>)[field];
  if (typeof told !== "object" || told === null) return undefined;
  return (told as { after: string | boolean | null }).after ?? "";
}
