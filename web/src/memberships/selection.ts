/** The selected users: names by id. The selection outlives a change of search. */
export type Selection = ReadonlyMap<string, string>;

export const NOBODY_SELECTED: Selection = new Map();

export interface Person {
  readonly id: string;
  readonly displayName: string;
}

/** Toggles a user. */
export function toggled(chosen: Selection, { id, displayName }: Person): Selection {
  const next = new Map(chosen);
  if (!next.delete(id)) next.set(id, displayName);
  return next;
}

/** With all of some. */
export function withAll(chosen: Selection, people: readonly Person[]): Selection {
  return new Map([...chosen, ...people.map((one) => [one.id, one.displayName] as const)]);
}
