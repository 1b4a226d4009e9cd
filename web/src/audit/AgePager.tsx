import { after, before, type Connection, PagerBar } from "~/parts/PagerBar";
import { FROM_THE_START } from "~/parts/paging";
import type { Url } from "~/parts/useUrl";
import { isNewest } from "./newest";

/** Of what is told newest first, on connections that begin with the oldest. */
export function AgePager({ url, ...connection }: { url: Url } & Connection) {
  return (
    <PagerBar
      url={url}
      totalCount={connection.totalCount}
      steps={[
        { name: "audit.newest", to: isNewest(url.get) ? null : FROM_THE_START },
        { name: "audit.newer", to: after(connection) },
        { name: "audit.older", to: before(connection) },
      ]}
    />
  );
}
