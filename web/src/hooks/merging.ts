/** Three-way merge of a form's fields: as they were, as they were typed, and as others saved them. */

export interface Merged<Fields> {
  /** What was typed where something was typed, and else what is saved now. */
  readonly values: Fields;
  /** The fields that both changed, each to something else. */
  readonly conflicts: readonly (keyof Fields)[];
}

export function merged<Fields extends object>(
  base: Fields,
  typed: Fields,
  current: Fields,
): Merged<Fields> {
  const mine = changesIn(base, typed);
  return {
    values: { ...current, ...mine },
    conflicts: clashes(mine, changesIn(base, current)),
  };
}

/** The fields that differ from the base. */
export function changesIn<Fields extends object>(base: Fields, typed: Fields): Partial<Fields> {
  return picked(typed, (field) => !same(typed[field], base[field]));
}

/** The fields that both change, each to something else. */
export function clashes<Fields extends object>(
  mine: Partial<Fields>,
  theirs: Partial<Fields>,
): (keyof Fields)[] {
  const fields = Object.keys(mine) as (keyof Fields)[];
  return fields.filter((field) => field in theirs && !same(mine[field], theirs[field]));
}

/** The fields of an object for which the condition holds. */
export function picked<Fields extends object>(
  from: Fields,
  holds: (field: keyof Fields) => boolean,
): Partial<Fields> {
  const entries = Object.entries(from).filter(([field]) => holds(field as keyof Fields));
  return Object.fromEntries(entries) as Partial<Fields>;
}

/** Texts, numbers, and lists of them. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
