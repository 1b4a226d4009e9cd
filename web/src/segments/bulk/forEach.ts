/** The same to each of many, a few at a time. */

/** So many commands are under way at once: more would only wait in the service. */
const AT_ONCE = 4;

/** Returns when it is done to all; what `act` throws ends it. */
export async function forEach<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  async function next(): Promise<void> {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}
