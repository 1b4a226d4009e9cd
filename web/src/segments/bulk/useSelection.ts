/** The segments that are chosen, on this page of the list and on those seen before. */
import { useRef, useState } from "react";
import type { Listed } from "~/segments/list/listVariables";

export interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (ids: ReadonlySet<string>) => void;
  /** As they were last seen. */
  readonly segments: readonly Listed[];
}

export function useChosen(shown: readonly Listed[] = []): Choice {
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const seen = useRef(new Map<string, Listed>());
  for (const segment of shown) seen.current.set(segment.id, segment);
  const segments = [...chosen].flatMap((id) => seen.current.get(id) ?? []);
  return { chosen, choose, segments };
}
