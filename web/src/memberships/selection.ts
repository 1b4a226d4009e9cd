/** The people who are chosen: their names by their ids. They stay chosen while others are found. */
export type Chosen = ReadonlyMap<string, string>;

export const NOBODY: Chosen = new Map();

export interface Person {
  readonly id: string;
  readonly displayName: string;
}

/** With somebody who was not chosen, or without somebody who was. */
export function toggled(chosen: Chosen, { id, displayName }: Person): Chosen {
  const next = new Map(chosen);
  if (!next.delete(id)) next.set(id, displayName);
  return next;
}

/** With all of some. */
export function withAll(chosen: Chosen, people: readonly Person[]): Chosen {
  return new Map([...chosen, ...people.map((one) => [one.id, one.displayName] as const)]);
}
