/** The ids of things, whatever the moment that they were read as of. */

/**
 * The id of the thing itself: what was read as of a position has the id `…@position`. Addresses and
 * commands take this one, which stays the same, and is all there is of a thing that is gone.
 */
export function presentId(id: string): string {
  return id.replace(/@\d+$/, "");
}
