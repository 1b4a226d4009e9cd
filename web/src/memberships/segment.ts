/** A segment, as far as memberships need it. */
export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly status: "ACTIVE" | "ARCHIVED";
}

/** An archived segment keeps its members as they are. */
export function takesMembers({ status }: Segment): boolean {
  return status === "ACTIVE";
}
