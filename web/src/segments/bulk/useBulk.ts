/** Runs an action on many segments. */
import { useState } from "react";
import { advance } from "~/graph/position";
import { useCommands } from "~/graph/useCommand";
import { problemOf } from "~/hooks/problem";
import { useText } from "~/intl/useText";
import type { SegmentAction } from "~/segments/actions/actions";
import type { ListedSegment } from "~/segments/queries";

import { forEach } from "./forEach";

export interface FailedSegment {
  readonly segment: ListedSegment;
  /** Why the action failed. */
  readonly problem: string;
}

export interface Bulk {
  /** How many have been answered. */
  readonly progress: number;
  /** Resolves to those that failed, each with the reason. */
  readonly run: (
    segments: readonly ListedSegment[],
    reason: string | null,
  ) => Promise<readonly FailedSegment[]>;
}

export function useBulk(action: SegmentAction): Bulk {
  const t = useText();
  const send = useCommands(action.mutation);
  const [progress, setProgress] = useState(0);
  async function run(
    segments: readonly ListedSegment[],
    reason: string | null,
  ): Promise<readonly FailedSegment[]> {
    setProgress(0);
    const failed: FailedSegment[] = [];
    let position = 0;
    await forEach(segments, async (segment) => {
      const { id } = segment;
      const outcome = await send(id, { segment: { id }, ...action.fields, reason: reason ?? "" });
      const problem = problemOf(outcome, t);
      if (problem) failed.push({ segment, problem });
      if (outcome.kind !== "failed") position = Math.max(position, outcome.payload.position ?? 0);
      setProgress((known) => known + 1);
    });
    advance(position); // once for all: the list is asked again once
    return failed;
  }
  return { progress, run };
}
