import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { reloadOnce, whyNotLoaded } from "~/components/loading/version";

const page = (script: string) => `<script type="module" src="${script}"></script>`;

function answering(...answers: (Response | Error)[]) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async () => {
    const answer = answers.shift() ?? new Error("no more");
    if (answer instanceof Error) throw answer;
    return answer;
  });
}

beforeEach(() => {
  sessionStorage.clear();
  const script = document.createElement("script");
  script.type = "module";
  script.setAttribute("src", "/assets/console-old.js");
  vi.spyOn(document, "querySelector").mockReturnValue(script);
});

afterEach(() => sessionStorage.clear());

test.each([
  ["the same page", new Response(page("/assets/console-old.js")), "same"],
  ["another page", new Response(page("/assets/console-new.js")), "stale"],
  ["a refusal", new Response("{}", { status: 503 }), "away"],
  ["nothing", new TypeError("Failed to fetch"), "away"],
])("when the service answers %s the reason is so", async (_, answer, why) => {
  answering(answer);
  expect(await whyNotLoaded()).toBe(why);
});

test("all who ask at the same time are one question, and those after it another", async () => {
  const asked = answering(new TypeError("away"), new Response(page("/assets/console-new.js")));
  expect(await Promise.all([whyNotLoaded(), whyNotLoaded()])).toEqual(["away", "away"]);
  expect(await whyNotLoaded()).toBe("stale");
  expect(asked).toHaveBeenCalledTimes(2);
});

test("a version is left by a reload once", () => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
  expect([reloadOnce(), reloadOnce()]).toEqual([true, false]);
  expect(reload).toHaveBeenCalledOnce();
});
