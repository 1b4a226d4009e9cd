/**
 * One upload, step by step, as a value: chosen, looked at, recorded.
 *
 *     chose ─► looking ─► looked ─► recording ─► recorded
 *                 ▲          │           │
 *                 └── set ───┘           └─► looked, with what kept it from being recorded
 *
 * Whatever goes wrong, the file and the options stay.
 */
import type { CombinedError } from "urql";
import type { Outcome } from "~/graph/useCommand";
import type { Report } from "./queries";

/** Bytes that the service takes. */
export const MAX_FILE_BYTES = 64 * 2 ** 20;

export interface Options {
  readonly badRows: "REJECT_FILE" | "SKIP_ROWS";
  readonly existing: "REJECT" | "UPDATE" | "SKIP";
  readonly delimiter: string;
  readonly encoding: string;
}

export const USUAL: Options = {
  badRows: "REJECT_FILE",
  existing: "REJECT",
  delimiter: "AUTO",
  encoding: "utf-8",
};

export type Problem =
  | { readonly kind: "too-large" }
  /** The file has changed on disk since it was chosen; the browser cannot read it any more. */
  | { readonly kind: "changed" }
  /** The site has changed since the dry run. */
  | { readonly kind: "stale" }
  | { readonly kind: "refused"; readonly messages: readonly string[] }
  | { readonly kind: "failed"; readonly error: CombinedError };

export interface Upload {
  readonly file: File | null;
  readonly options: Options;
  readonly doing: "looking" | "recording" | null;
  /** The last dry run of this file. */
  readonly seen: Report | null;
  readonly recorded: Report | null;
  readonly problem: Problem | null;
}

export type Answer = Outcome<Report> | "changed";

export type Step =
  | { readonly kind: "chose"; readonly file: File }
  | { readonly kind: "set"; readonly options: Partial<Options> }
  | { readonly kind: "look" | "record" | "begin-again" }
  | { readonly kind: "looked" | "recorded"; readonly answer: Answer };

export const NOTHING_YET: Upload = {
  file: null,
  options: USUAL,
  doing: null,
  seen: null,
  recorded: null,
  problem: null,
};

export function evolve(upload: Upload, step: Step): Upload {
  switch (step.kind) {
    case "chose":
      return looking({ ...upload, file: step.file, seen: null, recorded: null });
    case "set":
      return looking({ ...upload, options: { ...upload.options, ...step.options } });
    case "look":
      return looking(upload);
    case "record":
      return { ...upload, doing: "recording", problem: null };
    case "begin-again":
      return { ...NOTHING_YET, options: upload.options };
    case "looked":
      return looked(upload, step.answer);
    case "recorded":
      return recorded(upload, step.answer);
  }
}

/** Whether what was seen can be recorded just so. */
export function canRecord({ seen, doing, problem }: Upload): boolean {
  const hindered = problem?.kind === "stale" || problem?.kind === "changed";
  return seen !== null && seen.created + seen.updated > 0 && doing === null && !hindered;
}

/** Whether bad rows keep good ones from being recorded. */
export function isHindered({ seen, options }: Upload): boolean {
  if (!seen || options.badRows === "SKIP_ROWS") return false;
  return seen.rowsRejected > 0 && seen.rowsAccepted > 0;
}

function looking(upload: Upload): Upload {
  const { file } = upload;
  if (!file) return upload;
  const idle = { ...upload, doing: null, problem: null };
  if (file.size > MAX_FILE_BYTES) return { ...idle, seen: null, problem: { kind: "too-large" } };
  return { ...idle, doing: "looking" };
}

function looked(upload: Upload, answer: Answer): Upload {
  const problem = problemIn(answer);
  const seen = problem || answer === "changed" || answer.kind !== "done" ? null : answer.payload;
  return { ...upload, doing: null, problem, seen };
}

function recorded(upload: Upload, answer: Answer): Upload {
  if (answer !== "changed" && answer.kind === "done")
    return { ...upload, doing: null, recorded: answer.payload };
  return { ...upload, doing: null, problem: problemIn(answer) };
}

function problemIn(answer: Answer): Problem | null {
  if (answer === "changed") return { kind: "changed" };
  if (answer.kind === "done") return null;
  if (answer.kind === "failed")
    return isTooLarge(answer.error)
      ? { kind: "too-large" }
      : { kind: "failed", error: answer.error };
  if (answer.errors.some(({ code }) => code === "PLAN_STALE")) return { kind: "stale" };
  return { kind: "refused", messages: answer.errors.map(({ message }) => message) };
}

function isTooLarge({ response }: CombinedError): boolean {
  return (response as Response | undefined)?.status === 413;
}
