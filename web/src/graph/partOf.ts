/** One field of what a read brings. */
import { CombinedError } from "urql";
import type { Read } from "./useRead";

/** For null without an error, which the service does not answer where it may refuse. */
const UNANSWERED = new CombinedError({ graphQLErrors: ["Null without an error."] });

/**
 * The read of a field that is null only where it was refused or failed. That is an error of what
 * shows this field, and of nothing else on the page.
 */
export function partOf<Data, Part>(
  read: Read<Data>,
  part: (data: Data) => Part | null | undefined,
): Read<Part> {
  const data = read.data === undefined ? undefined : (part(read.data) ?? undefined);
  const unanswered = read.data !== undefined && data === undefined && !read.waiting;
  return { ...read, data, error: read.error ?? (unanswered ? UNANSWERED : undefined) };
}
