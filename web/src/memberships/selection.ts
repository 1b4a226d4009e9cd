/** The selected users: names by id. The selection outlives a change of search. */
export type Chosen = ReadonlyMap<string, string>;

export const NOBODY: Chosen = new Map();

export interface Person {
  readonly id: string;
  readonly displayName: string;
}

/** Toggles a user. */
export function toggled(chosen: Chosen, { id, displayName }: Person): Chosen {
  const next = new Map(chosen);
  if (!next.delete(id)) next.set(id, displayName);
  return next;
}

/** With all of some. */
export function withAll(chosen: Chosen, people: readonly Person[]): Chosen {
  return new Map([...chosen, ...people.map((one) => [one.id, one.displayName] as const)]);
}
