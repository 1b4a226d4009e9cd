/** The places of the site administration, and who is offered them. */
import type { MessageId } from "~/intl/locale";
import type { May, Permission } from "~/session/Viewer";

interface Place {
  readonly name: MessageId;
  readonly path: string;
  readonly needs: Permission;
}

interface Group {
  readonly title: MessageId;
  readonly places: readonly Place[];
}

const PLACES: readonly Group[] = [
  {
    title: "app.user-management",
    places: [{ name: "segments.title", path: "/segments", needs: "SEE_OWN_SEGMENTS" }],
  },
];

/** Only what one may see, and no group without places. */
export function placesFor(may: May): Group[] {
  return PLACES.map(({ title, places }) => ({
    title,
    places: places.filter(({ needs }) => may(needs)),
  })).filter(({ places }) => places.length > 0);
}
