/** Three versions of a form's fields: as they were, as one has typed them, and as others left them. */

export interface Merged<Fields> {
  /** What one has typed where one typed, and else what is there now. */
  readonly values: Fields;
  /** The fields that both have changed, each in their way. */
  readonly conflicts: readonly (keyof Fields)[];
}

export function merged<Fields extends object>(
  base: Fields,
  typed: Fields,
  current: Fields,
): Merged<Fields> {
  const values = { ...current };
  const conflicts: (keyof Fields)[] = [];
  for (const field of Object.keys(base) as (keyof Fields)[]) {
    if (same(typed[field], base[field])) continue;
    values[field] = typed[field];
    if (!same(current[field], base[field]) && !same(current[field], typed[field]))
      conflicts.push(field);
  }
  return { values, conflicts };
}

/** The fields that one has changed. */
export function changesIn<Fields extends object>(base: Fields, typed: Fields): Partial<Fields> {
  const fields = Object.keys(base) as (keyof Fields)[];
  const changed = fields.filter((field) => !same(typed[field], base[field]));
  return Object.fromEntries(changed.map((field) => [field, typed[field]])) as Partial<Fields>;
}

/** Texts, numbers, and lists of them. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
