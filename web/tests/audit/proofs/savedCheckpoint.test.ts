import { describe, expect, test } from "vitest";
import { compare } from "~/audit/proofs/savedCheckpoint";
import vectors from "../vectors.json";

function note(size: number, root = vectors.roots[size - 1], origin = "log.example"): string {
  return `${origin}\n${size}\n${root}\nposition ${size}\n\n— ${origin} AAAA\n`;
}

const honest = async (from: number, to: number) =>
  vectors.consistency.find((one) => one.from === from && one.to === to)?.proof ?? [];

describe("a checkpoint is compared with the one that was kept", () => {
  test("the first is only kept", async () => {
    expect(await compare(undefined, note(3), honest)).toBe("first");
  });

  test("one of the same log, and of the same size", async () => {
    expect(await compare(note(3), note(7), honest)).toBe("consistent");
    expect(await compare(note(7), note(7), honest)).toBe("same");
  });

  test("a rewritten log is told, whatever proof comes with it", async () => {
    expect(await compare(note(3, vectors.roots[4]), note(7), honest)).toBe("broken");
    expect(await compare(note(3), note(7), async () => [])).toBe("broken");
    expect(await compare(note(7, vectors.roots[4]), note(7), honest)).toBe("broken");
  });

  test("a log that was cut off is told", async () => {
    expect(await compare(note(7), note(3), honest)).toBe("shorter");
  });

  test("another log is told", async () => {
    expect(await compare(note(3, undefined, "other.example"), note(7), honest)).toBe("broken");
  });

  test("what is no checkpoint is told", async () => {
    expect(await compare(note(3), "nothing", honest)).toBe("unreadable");
    expect(await compare("nothing", note(3), honest)).toBe("unreadable");
  });
});
