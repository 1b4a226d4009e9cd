import { expect, test } from "vitest";
import { presentId } from "~/graph/presentId";

test("a thing is addressed by its own id, whatever the moment that it was read as of", () => {
  expect(presentId("segment_0198c2d4@45")).toBe("segment_0198c2d4");
  expect(presentId("segment_0198c2d4")).toBe("segment_0198c2d4");
});
