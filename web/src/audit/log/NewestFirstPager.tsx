import { after, before, type Paged, PagerBar } from "~/components/table/PagerBar";
import { FROM_THE_START } from "~/components/table/paging";
import { isNewest } from "./newestFirst";

/** A pager for a newest-first list on an oldest-first connection. */
export function NewestFirstPager({ url, ...connection }: Paged) {
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
