import { CombinedError } from "urql";
import { describe, expect, test } from "vitest";
import type { Report } from "~/uploads/queries";
import {
  type Answer,
  canRecord,
  evolve,
  isHindered,
  MAX_FILE_BYTES,
  NOTHING_YET,
  type Step,
  type Upload,
} from "~/uploads/upload";

const FILE = new File(["name\nSales\n"], "segments.csv");

const REPORT: Report = {
  mode: "DRY_RUN",
  rowsRead: 1,
  rowsAccepted: 1,
  rowsRejected: 0,
  created: 1,
  updated: 0,
  unchanged: 0,
  newSiteAdmins: 0,
  ignoredColumns: [],
  rowErrors: [],
  preview: [],
  rejectedRows: null,
  planHash: "a plan",
  commandId: "one",
  position: 7,
  errors: [],
};

function done(report: Partial<Report> = {}): Answer {
  return { kind: "done", payload: { ...REPORT, ...report } };
}

function refused(code: "PLAN_STALE" | "FORBIDDEN" | "INVALID", message: string): Answer {
  const errors = [{ code, message, path: [] }];
  return { kind: "refused", payload: { ...REPORT, errors }, errors };
}

function failed(status?: number): Answer {
  const response = status ? new Response(null, { status }) : undefined;
  const networkError = new Error("gone");
  return { kind: "failed", error: new CombinedError({ networkError, response }) };
}

function uploadAfter(...steps: Step[]): Upload {
  return steps.reduce(evolve, NOTHING_YET);
}

const CHOSE: Step = { kind: "chose", file: FILE };
const LOOKED: Step = { kind: "looked", answer: done() };

describe("a file that was chosen", () => {
  test("is looked at, and nothing can be recorded before it was", () => {
    const upload = uploadAfter(CHOSE);
    expect(upload.doing).toBe("looking");
    expect(canRecord(upload)).toBe(false);
  });

  test("can be recorded once it was looked at", () => {
    const upload = uploadAfter(CHOSE, LOOKED);
    expect(upload.seen).toEqual(REPORT);
    expect(canRecord(upload)).toBe(true);
  });

  test("is not sent when it is larger than the service takes", () => {
    const large = { name: "large.csv", size: MAX_FILE_BYTES + 1 } as File;
    const upload = uploadAfter({ kind: "chose", file: large });
    expect(upload).toMatchObject({ doing: null, problem: { kind: "too-large" } });
  });

  test("takes the place of what was seen of another", () => {
    expect(uploadAfter(CHOSE, LOOKED, CHOSE)).toMatchObject({ seen: null, doing: "looking" });
  });

  test("has to be chosen again when it was changed on the disk", () => {
    const upload = uploadAfter(
      CHOSE,
      LOOKED,
      { kind: "record" },
      { kind: "recorded", answer: "changed" },
    );
    expect(upload.problem).toEqual({ kind: "changed" });
    expect(canRecord(upload)).toBe(false);
  });
});

describe("options", () => {
  test("are looked at anew, with the same file", () => {
    const upload = uploadAfter(CHOSE, LOOKED, { kind: "set", options: { badRows: "SKIP_ROWS" } });
    expect(upload).toMatchObject({
      file: FILE,
      doing: "looking",
      options: { badRows: "SKIP_ROWS" },
    });
    expect(canRecord(upload)).toBe(false);
  });

  test("stay when a file was recorded and another is to follow", () => {
    const set: Step = { kind: "set", options: { encoding: "utf-16" } };
    const upload = uploadAfter(CHOSE, set, LOOKED, { kind: "begin-again" });
    expect(upload).toMatchObject({ file: null, seen: null, options: { encoding: "utf-16" } });
  });

  test("chosen before a file do not look at nothing", () => {
    expect(uploadAfter({ kind: "set", options: { delimiter: ";" } }).doing).toBeNull();
  });
});

describe("what keeps a file from being recorded", () => {
  test("is that nothing would come of it", () => {
    const upload = uploadAfter(CHOSE, {
      kind: "looked",
      answer: done({ created: 0, unchanged: 1 }),
    });
    expect(canRecord(upload)).toBe(false);
  });

  test("is a bad row, unless bad rows are passed over", () => {
    const bad = done({ rowsRead: 2, rowsRejected: 1, created: 0 });
    const upload = uploadAfter(CHOSE, { kind: "looked", answer: bad });
    expect(isHindered(upload)).toBe(true);
    const set: Step = { kind: "set", options: { badRows: "SKIP_ROWS" } };
    expect(isHindered(evolve(upload, set))).toBe(false);
  });

  test("is a plan that does not hold any more; it is looked at again", () => {
    const stale: Step = { kind: "recorded", answer: refused("PLAN_STALE", "It has changed.") };
    const upload = uploadAfter(CHOSE, LOOKED, { kind: "record" }, stale);
    expect(upload).toMatchObject({ problem: { kind: "stale" }, recorded: null, file: FILE });
    expect(canRecord(upload)).toBe(false);
    expect(canRecord([{ kind: "look" } as Step, LOOKED].reduce(evolve, upload))).toBe(true);
  });

  test("is told in the words of the service", () => {
    const upload = uploadAfter(CHOSE, {
      kind: "looked",
      answer: refused("INVALID", "It is empty."),
    });
    expect(upload.problem).toEqual({ kind: "refused", messages: ["It is empty."] });
    expect(upload.seen).toBeNull();
  });

  test("is its size, also where the service says so", () => {
    const upload = uploadAfter(CHOSE, { kind: "looked", answer: failed(413) });
    expect(upload.problem).toEqual({ kind: "too-large" });
  });
});

describe("without an answer", () => {
  test("to a look the file and the options stay, and what was seen is not offered", () => {
    const upload = uploadAfter(
      CHOSE,
      LOOKED,
      { kind: "look" },
      { kind: "looked", answer: failed() },
    );
    expect(upload).toMatchObject({ file: FILE, seen: null, problem: { kind: "failed" } });
  });

  test("to a commit it can be sent again just so", () => {
    const lost: Step = { kind: "recorded", answer: failed() };
    const upload = uploadAfter(CHOSE, LOOKED, { kind: "record" }, lost);
    expect(upload).toMatchObject({ seen: REPORT, recorded: null, problem: { kind: "failed" } });
    expect(canRecord(upload)).toBe(true);
  });
});

test("what was recorded is kept to be shown", () => {
  const committed = done({ mode: "COMMIT" });
  const upload = uploadAfter(
    CHOSE,
    LOOKED,
    { kind: "record" },
    { kind: "recorded", answer: committed },
  );
  expect(upload).toMatchObject({ doing: null, recorded: { mode: "COMMIT" } });
});
