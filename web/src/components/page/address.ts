/** Finds what is invalid in an address, and the address without it. */
import type { CombinedError } from "urql";

type Wrong = "page" | "moment" | "compared" | "search" | "filter" | "anything";

export interface Mended {
  /** What is wrong. */
  readonly wrong: Wrong;
  /** The variables of the address without it; null when it does not come from them. */
  readonly rest: URLSearchParams | null;
}

const PAGES = ["after", "before", "joined", "left"];

/** By the argument that the service names: what is wrong then, and which variables ask for it. */
const ASKED: Readonly<Record<string, readonly [Wrong, readonly string[]]>> = {
  after: ["page", PAGES],
  before: ["page", PAGES],
  asOf: ["moment", ["position", "time"]],
  from: ["compared", ["from"]],
  to: ["compared", ["to"]],
  search: ["search", ["search"]],
};

/** The argument that the service cannot take, where it names one. */
export function argumentOf(error: CombinedError | undefined): string | undefined {
  const argument = error?.graphQLErrors[0]?.extensions.argument;
  return typeof argument === "string" ? argument : undefined;
}

/** For what is INVALID; null when it is nothing that an address asks. */
export function mended(error: CombinedError, known: URLSearchParams): Mended | null {
  const argument = argumentOf(error);
  const names = [...known.keys()];
  if (argument === undefined || argument === "filter") {
    if (names.length === 0) return null;
    return { wrong: argument ?? "anything", rest: new URLSearchParams() };
  }
  const asked = ASKED[argument];
  if (!asked) return null;
  const [wrong, variables] = asked;
  if (!names.some((name) => variables.includes(name)))
    return wrong === "search" ? { wrong, rest: null } : null;
  // Of another list, or of none: what names a page of this one goes, too.
  const gone = [...variables, ...PAGES];
  return { wrong, rest: new URLSearchParams([...known].filter(([name]) => !gone.includes(name))) };
}
