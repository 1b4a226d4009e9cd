/** What others saved while somebody edited the same thing, as a VERSION_CONFLICT tells it. */
import type { Outcome, Payload } from "~/graph/useCommand";
import { clashes, picked } from "./merging";

/** A field as somebody else saved it. */
export interface Theirs<Value> {
  readonly value: Value;
  /** Display name. */
  readonly by: string;
  /** ISO date and time. */
  readonly at: string;
}

export interface ConcurrentEdits<Fields> {
  /** The version that all of this leads to. */
  readonly version: number;
  readonly theirs: { readonly [F in keyof Fields]?: Theirs<Fields[F]> };
}

/** An event since the version that was edited. */
interface Since {
  readonly data: unknown;
  readonly recordedAt: string;
  readonly actor: { readonly displayName: string };
}

/** The fields that an event changed, as they were after it. */
export type ReadFields<Fields> = (data: unknown) => Partial<Fields>;

/** Sends the changed fields, expecting a version. */
export type SendChanges<Fields, P> = (
  changes: Partial<Fields>,
  version: number,
) => Promise<Outcome<P>>;

export interface EditOutcome<Fields, P> {
  readonly outcome: Outcome<P>;
  /** The version that it was sent for in the end. */
  readonly version: number;
  /** When somebody else changed the same fields to something else. */
  readonly conflict?: ConcurrentEdits<Fields>;
}

/**
 * Sends an edit. If others changed only other fields, or these to the same, it is sent again for the
 * version that they left.
 */
export async function sendEdit<Fields extends object, P extends Payload>(
  send: SendChanges<Fields, P>,
  read: ReadFields<Fields>,
  changes: Partial<Fields>,
  version: number,
  known: ConcurrentEdits<Fields>["theirs"] = {},
): Promise<EditOutcome<Fields, P>> {
  const outcome = await send(changes, version);
  const since = sinceIn(outcome);
  if (since.length === 0) return { outcome, version };
  const edits = concurrentEdits(since, version, read);
  const conflict = { ...edits, theirs: { ...known, ...edits.theirs } };
  if (clashes(changes, valuesOf(conflict)).length > 0) return { outcome, version, conflict };
  return sendEdit(send, read, changes, conflict.version, conflict.theirs);
}

/** The last change of each field; each event takes the version one further. */
export function concurrentEdits<Fields extends object>(
  since: readonly Since[],
  version: number,
  read: ReadFields<Fields>,
): ConcurrentEdits<Fields> {
  const theirs: Record<string, Theirs<unknown>> = {};
  for (const { data, recordedAt: at, actor } of since)
    for (const [field, value] of Object.entries(read(data)))
      theirs[field] = { value, by: actor.displayName, at };
  return {
    version: version + since.length,
    theirs: theirs as ConcurrentEdits<Fields>["theirs"],
  };
}

export function valuesOf<Fields extends object>({
  theirs,
}: ConcurrentEdits<Fields>): Partial<Fields> {
  const entries = Object.entries<Theirs<unknown> | undefined>(theirs);
  return Object.fromEntries(
    entries.map(([field, their]) => [field, their?.value]),
  ) as Partial<Fields>;
}

/** What was typed, with theirs in every field that does not keep what was typed. */
export function resolved<Fields extends object>(
  typed: Fields,
  conflict: ConcurrentEdits<Fields>,
  keptMine: readonly (keyof Fields)[],
): Fields {
  const theirs = valuesOf(conflict) as Fields;
  return { ...typed, ...picked(theirs, (field) => !keptMine.includes(field)) };
}

/** In an event's data a change is an object with before and after; other values are no change. */
export function afterIn(data: unknown, field: string): unknown {
  const change = (data as Record<string, unknown> | null | undefined)?.[field];
  return typeof change === "object" && change !== null && "after" in change
    ? (change.after ?? "")
    : undefined;
}

/** Those of an object's fields that an event changed. */
export function changedFields<Fields extends object>(
  data: unknown,
  fields: readonly (keyof Fields & string)[],
): Partial<Fields> {
  const entries = fields.map((field) => [field, afterIn(data, field)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Partial<Fields>;
}

function sinceIn(outcome: Outcome<Payload>): readonly Since[] {
  if (outcome.kind !== "refused") return [];
  return outcome.errors.flatMap((error) => ("since" in error ? (error.since as Since[]) : []));
}
