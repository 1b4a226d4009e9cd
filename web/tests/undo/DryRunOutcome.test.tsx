import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { CombinedError } from "urql";
import { expect, test, vi } from "vitest";
import en from "~/intl/en";
import { DryRunOutcome } from "~/undo/DryRunOutcome";
import type { Undone } from "~/undo/mutations";
import type { DryRun } from "~/undo/useDryRun";

const NOTHING: Undone = { undone: 0, conflicts: [], commandId: null, position: 1, errors: [] };

function show(outcome: DryRun["outcome"], again = () => {}): void {
  render(
    <IntlProvider locale="en" messages={en}>
      <MantineProvider>
        <DryRunOutcome outcome={outcome} again={again} />
      </MantineProvider>
    </IntlProvider>,
  );
}

test("a refusal is told in the words of the service", () => {
  const message = "Your roles do not let you take back what others did.";
  const errors = [{ code: "FORBIDDEN", message, path: [] }];
  show({ kind: "refused", payload: NOTHING, errors });
  expect(screen.getByRole("alert").textContent).toBe(message);
});

test("what could not be asked is asked again when one says so", () => {
  const again = vi.fn();
  const error = new CombinedError({ networkError: new Error("gone") });
  show({ kind: "failed", error }, again);
  expect(screen.getByRole("alert").textContent).toContain("The service cannot be reached.");
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(again).toHaveBeenCalledOnce();
});

test("each thing that stands in the way is a sentence", () => {
  const event = {
    id: "1",
    summary: "Ada renamed the segment.",
    recordedAt: "2026-01-01T00:00:00Z",
  };
  const reasons = ["It changed the name again.", "It changed the ID again."];
  const conflicts = reasons.map((reason) => ({ reason, event }));
  show({ kind: "done", payload: { ...NOTHING, undone: 3, conflicts } });
  const told = screen.getByRole("status").textContent;
  expect(told).toContain("3 things would be put back as they were before.");
  expect(told).toContain("2 things that happened stand in the way:");
  for (const reason of reasons) expect(told).toContain(reason);
});
