import type { SegmentState } from "~/segments/queries";

/** What the menu of a segment is given, and its content when that is loaded. */
export interface MenuProps {
  readonly segment: SegmentState & {
    readonly id: string;
    readonly name: string;
    readonly code: string | null;
    readonly memberCount: number;
  };
  /** Whether nothing is offered any more; a dialog that is open stays. */
  readonly hidden?: boolean;
  /** When the segment is off the site. */
  readonly gone?: () => void;
}
