import { after, before, type Connection, PagerBar } from "./PagerBar";
import type { Url } from "./useUrl";

/** Of a list that begins at its beginning. */
export function Pager({ url, ...connection }: { url: Url } & Connection) {
  return (
    <PagerBar
      url={url}
      totalCount={connection.totalCount}
      steps={[
        { name: "parts.previous", to: before(connection) },
        { name: "parts.next", to: after(connection) },
      ]}
    />
  );
}
