import { after, before, type Paged, PagerBar } from "~/parts/PagerBar";
import { FROM_THE_START } from "~/parts/paging";
import { isNewest } from "./newest";

/** Of what is told newest first, on connections that begin with the oldest. */
export function AgePager({ url, ...connection }: Paged) {
  return (
    <PagerBar
      url={url}
      {...connection}
      steps={[
        { name: "audit.newest", to: isNewest(url.get) ? null : FROM_THE_START },
        { name: "audit.newer", to: after(connection) },
        { name: "audit.older", to: before(connection) },
      ]}
    />
  );
}
