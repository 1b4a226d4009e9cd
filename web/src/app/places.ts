/** The entries of the navigation, and who is offered them. */
import type { MessageId } from "~/intl/locale";
import { type Permission, useMay, useViewerUser } from "~/session/Viewer";

interface Place {
  readonly name: MessageId;
  readonly path: string;
  readonly needs: Permission;
  /** Only for viewers who are in the directory. */
  readonly known?: true;
}

interface Group {
  readonly title: MessageId;
  readonly places: readonly Place[];
}

const PLACES: readonly Group[] = [
  {
    title: "app.user-management",
    places: [
      { name: "segments.title", path: "/segments", needs: "SEE_OWN_SEGMENTS" },
      { name: "people.title", path: "/users", needs: "SEE_ALL_USERS" },
      { name: "people.me", path: "/me", needs: "SEE_ONESELF", known: true },
    ],
  },
  {
    title: "audit.title",
    places: [
      { name: "audit.log", path: "/log", needs: "SEE_THE_LOG" },
      { name: "audit.access", path: "/log/access", needs: "SEE_THE_LOG" },
      { name: "audit.proofs", path: "/log/proofs", needs: "SEE_THE_LOG" },
      { name: "audit.site-as-of", path: "/log/site-as-of", needs: "SEE_THE_PAST" },
    ],
  },
];

/** The navigation entry of a page: the one with the longest address that is a prefix of its own. */
export function placeOf(path: string): string | undefined {
  const paths = PLACES.flatMap(({ places }) => places.map((place) => place.path));
  return paths
    .filter((place) => path === place || path.startsWith(`${place}/`))
    .sort((one, other) => other.length - one.length)[0];
}

/** Entries that the viewer may open; groups without any are left out. */
export function usePlaces(): Group[] {
  const may = useMay();
  const isKnown = useViewerUser() !== null;
  return PLACES.map(({ title, places }) => ({
    title,
    places: places.filter(({ needs, known }) => may(needs) && (isKnown || !known)),
  })).filter(({ places }) => places.length > 0);
}
