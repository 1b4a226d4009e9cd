/** What others saved while somebody edited the same thing, as a VERSION_CONFLICT tells it. */
import type { Outcome, Payload, Refusal } from "~/graph/useCommand";
import { changesIn, clashes, picked } from "./merging";
import type { Versioned } from "./useMergedForm";

/** Who saved a field, and when. */
export interface Author {
  /** Display name. */
  readonly by: string;
  /** ISO date and time. */
  readonly at: string;
}

export interface ConcurrentEdits<Fields> {
  /** The thing as it is now. */
  readonly current: Versioned<Fields>;
  /** The fields that others have changed, as they are now. */
  readonly theirs: Partial<Fields>;
  /** Of each field the last who changed it, as far as it is known. */
  readonly authors: { readonly [F in keyof Fields]?: Author };
}

/** An event since the version that was edited. */
export interface Since {
  readonly data: unknown;
  readonly recordedAt: string;
  readonly actor: { readonly displayName: string };
}

/** How conflicts about one kind of thing are read. */
export interface ConflictReader<Fields, P extends Payload> {
  /** The thing as it is now; null for a refusal of another kind, or when it is gone. */
  readonly currentIn: (refusal: P["errors"][number]) => Versioned<Fields> | null;
  /** The fields that an event changed, by its data. */
  readonly changedBy: (data: unknown) => readonly (keyof Fields & string)[];
}

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
 * Sends an edit of what was `base`. If others changed only other fields, or these to the same, it is
 * sent again for the version that they left.
 */
export async function sendEdit<Fields extends object, P extends Payload>(
  send: SendChanges<Fields, P>,
  reader: ConflictReader<Fields, P>,
  changes: Partial<Fields>,
  base: Versioned<Fields>,
): Promise<EditOutcome<Fields, P>> {
  let version = base.version;
  let known: readonly Since[] = [];
  for (;;) {
    const outcome = await send(changes, version);
    const refused = refusalIn(outcome, reader);
    if (!refused || refused.current.version <= version) return { outcome, version };
    known = [...known, ...refused.since];
    const conflict = concurrentEdits(base, refused.current, known, reader.changedBy);
    if (clashes(changes, conflict.theirs).length > 0) return { outcome, version, conflict };
    version = refused.current.version;
  }
}

/** What differs from the base by now, and who changed it. */
export function concurrentEdits<Fields extends object>(
  base: Versioned<Fields>,
  current: Versioned<Fields>,
  since: readonly Since[],
  changedBy: (data: unknown) => readonly (keyof Fields & string)[],
): ConcurrentEdits<Fields> {
  const authors = since.flatMap(({ data, recordedAt: at, actor: { displayName: by } }) =>
    changedBy(data).map((field) => [field, { by, at }] as const),
  );
  return {
    current,
    theirs: changesIn(base.values, current.values),
    authors: Object.fromEntries(authors) as ConcurrentEdits<Fields>["authors"],
  };
}

/** What was typed, with theirs in every field that does not keep what was typed. */
export function resolved<Fields extends object>(
  typed: Fields,
  { theirs }: ConcurrentEdits<Fields>,
  keptMine: readonly (keyof Fields)[],
): Fields {
  return { ...typed, ...picked(theirs as Fields, (field) => !keptMine.includes(field)) };
}

/** Those of an object's fields that an event changed: its data has them with before and after. */
export function changedFields<Name extends string>(
  data: unknown,
  fields: readonly Name[],
): readonly Name[] {
  return fields.filter((field) => {
    const change = (data as Record<string, unknown> | null | undefined)?.[field];
    return typeof change === "object" && change !== null && "after" in change;
  });
}

interface Refused<Fields> {
  readonly current: Versioned<Fields>;
  readonly since: readonly Since[];
}

function refusalIn<Fields, P extends Payload>(
  outcome: Outcome<P>,
  { currentIn }: ConflictReader<Fields, P>,
): Refused<Fields> | null {
  if (outcome.kind !== "refused") return null;
  for (const refusal of outcome.payload.errors) {
    const current = currentIn(refusal);
    if (current) return { current, since: sinceIn(refusal) };
  }
  return null;
}

function sinceIn(refusal: Refusal): readonly Since[] {
  return "since" in refusal ? (refusal.since as Since[]) : [];
}
