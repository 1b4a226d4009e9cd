/** Concurrent iteration with a limit. */

/** Concurrent commands: more would only queue in the service. */
const MAX_CONCURRENT = 4;

/** Resolves when all are done; rejects with the first error of `act`. */
export async function forEach<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  async function next(): Promise<void> {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  }
  await Promise.all(Array.from({ length: MAX_CONCURRENT }, next));
}
