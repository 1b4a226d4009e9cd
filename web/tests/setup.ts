import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// However late a busy machine comes to it.
configure({ asyncUtilTimeout: 15_000 });

// Files share a process (see vite.config.ts), so nothing may be left behind for the next one.
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  history.replaceState(history.state, "", "/");
});
