/** The tabs of a segment that show its past, for those who may see it. */
import { Route, Switch } from "wouter";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { NoAccessNote } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";

const HistoryTab = lazyComponent(() => import("~/audit/log/HistoryTab"));
const AsOfTab = lazyComponent(() => import("./AsOfTab"));
const CompareTab = lazyComponent(() => import("./CompareTab"));
const WhyMember = lazyComponent(() => import("~/audit/log/WhyMember"));

interface Props {
  readonly segment: string;
  readonly createdAt: string;
}

export default function SegmentPast({ segment, createdAt }: Props) {
  const may = useMay();
  if (!may("SEE_THE_PAST")) return <NoAccessNote needs="SEE_THE_PAST" />;
  return (
    <Switch>
      <Route path="/segments/:id/history">
        <HistoryTab segment={segment} />
      </Route>
      <Route path="/segments/:id/as-of">
        <AsOfTab segment={segment} />
      </Route>
      <Route path="/segments/:id/compare">
        <CompareTab segment={segment} createdAt={createdAt} />
      </Route>
      <Route path="/segments/:id/why/:user">
        {({ user }) => <WhyMember segment={segment} user={user} />}
      </Route>
    </Switch>
  );
}
