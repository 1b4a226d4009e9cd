import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// Files share a process (see vite.config.ts), so nothing may be left behind for the next one.
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});
