/** The selected segments, across the pages of the list. */
import { useRef, useState } from "react";
import type { ListedSegment } from "~/segments/queries";

export interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (ids: ReadonlySet<string>) => void;
  /** With their last known data. */
  readonly segments: readonly ListedSegment[];
}

export function useSelection(shown: readonly ListedSegment[] = []): Choice {
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const seen = useRef(new Map<string, ListedSegment>());
  for (const segment of shown) seen.current.set(segment.id, segment);
  const segments = [...chosen].flatMap((id) => seen.current.get(id) ?? []);
  return { chosen, choose, segments };
}
