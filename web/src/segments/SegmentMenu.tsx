/** What can be done to one segment. A menu and its dialogs weigh something: they load when wanted. */
import { ActionIcon } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Standing } from "./deeds";

const SegmentMenuContent = lazy(() => import("./SegmentMenuContent"));

export interface MenuProps {
  readonly segment: Standing & {
    readonly id: string;
    readonly name: string;
    readonly code: string | null;
    readonly memberCount: number;
  };
  /** When the segment is off the site. */
  readonly gone?: () => void;
}

export function SegmentMenu(props: MenuProps) {
  return (
    <Suspense fallback={<Place />}>
      <SegmentMenuContent {...props} />
    </Suspense>
  );
}

/** Where the button is about to be: what stands beside it must not move under somebody's hand. */
function Place() {
  return <ActionIcon component="span" variant="default" aria-hidden aria-busy />;
}
