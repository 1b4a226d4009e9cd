/** Doing a deed to many segments. */
import { useRef, useState } from "react";
import { useClient } from "urql";
import { advance } from "~/graph/position";
import { command, type Outcome } from "~/graph/useCommand";
import { problemOf } from "~/hooks/problem";
import { useText } from "~/intl/useText";
import type { Deed, DeedPayload } from "~/segments/actions/actions";
import type { Listed } from "~/segments/list/listVariables";
import { each } from "./forEach";

export interface Left {
  readonly segment: Listed;
  /** Why nothing was done to it. */
  readonly problem: string;
}

export interface Bulk {
  /** To how many it has been done, or refused. */
  readonly progress: number;
  /** Those to which nothing was done, each with the reason. */
  readonly run: (segments: readonly Listed[], reason: string | null) => Promise<readonly Left[]>;
}

export function useBulk(deed: Deed): Bulk {
  const t = useText();
  const one = useOne(deed);
  const [progress, setProgress] = useState(0);
  async function run(segments: readonly Listed[], reason: string | null): Promise<readonly Left[]> {
    setProgress(0);
    const left: Left[] = [];
    let position = 0;
    await each(segments, async (segment) => {
      const outcome = await one(segment, reason);
      const problem = problemOf(outcome, t);
      if (problem) left.push({ segment, problem });
      if (outcome.kind !== "failed") position = Math.max(position, outcome.payload.position ?? 0);
      setProgress((known) => known + 1);
    });
    advance(position); // once for all: the list is asked again once
    return left;
  }
  return { progress, run };
}

/** The same to the same segment for the same reason is the same command, however often it is sent. */
function useOne(deed: Deed) {
  const client = useClient();
  const commandIds = useRef(new Map<string, string>());
  return ({ id }: Listed, reason: string | null): Promise<Outcome<DeedPayload>> => {
    const content = JSON.stringify([id, reason]);
    const commandId = commandIds.current.get(content) ?? crypto.randomUUID();
    commandIds.current.set(content, commandId);
    return command(client, deed.mutation, { segment: { id }, ...deed.fields, reason, commandId });
  };
}
