/** The routes. Each page is loaded on first use. */
import { useEffect } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { AwaitedPage } from "~/components/loading/Awaited";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { NotFound } from "~/components/page/NotFound";
import { Undoing } from "~/undo/Undoing";
import { Home } from "./Home";
import { prefetching } from "./prefetch";

const SegmentsPage = lazyComponent(() => import("~/segments/list/SegmentsPage"));
const NewSegmentPage = lazyComponent(() => import("~/segments/edit/NewSegmentPage"));
const UploadPage = lazyComponent(() => import("~/uploads/UploadPage"));
const SegmentPage = lazyComponent(() => import("~/segments/segment/SegmentPage"));
const LogPage = lazyComponent(() => import("~/audit/log/LogPage"));
const AccessPage = lazyComponent(() => import("~/audit/access/AccessPage"));
const SiteAsOfPage = lazyComponent(() => import("~/audit/past/SiteAsOfPage"));
const ProofsPage = lazyComponent(() => import("~/audit/proofs/ProofsPage"));
const UsersPage = lazyComponent(() => import("~/people/UsersPage"));
const NewUserPage = lazyComponent(() => import("~/people/edit/NewUserPage"));
const UserPage = lazyComponent(() => import("~/people/user/UserPage"));
const MyProfilePage = lazyComponent(() => import("~/people/user/MyProfilePage"));

/** The pages of one segment, and of one user. */
const OF_SEGMENT =
  /^\/segments\/(?<id>[^/]+)(\/(members|assign|history|as-of|compare|why\/[^/]+))?\/?$/;
const OF_USER = /^\/users\/(?<id>[^/]+)(\/segments)?\/?$/;

/** The page that opens after signing in. */
const ARRIVALS = [
  [/^\/segments$/, SegmentsPage],
  [/^\/segments\/segment_/, SegmentPage],
  [/^\/users$/, UsersPage],
  [/^\/log$/, LogPage],
] as const;

/** Resolves once the page of an address is loaded; at once for an address that has none. */
export async function arriving(path: string): Promise<void> {
  await ARRIVALS.find(([place]) => place.test(path))?.[1].begin();
}

export function Pages() {
  const [place] = useLocation();
  useEffect(() => prefetching(), []);
  return (
    <>
      <AwaitedPage place={place}>
        <Switch>
          <Route path="/" component={Home} />
          <Route path="/user-management">
            <Redirect to="/" replace />
          </Route>
          <Route path="/segments" component={SegmentsPage} />
          <Route path="/segments/new" component={NewSegmentPage} />
          <Route path="/segments/upload">
            <UploadPage key="segments" kind="segments" />
          </Route>
          <Route path="/segments/upload-members">
            <UploadPage key="members" kind="members" />
          </Route>
          <Route path="/users/upload">
            <UploadPage key="users" kind="users" />
          </Route>
          <Route path={OF_SEGMENT}>{({ id = "" }) => <SegmentPage key={id} id={id} />}</Route>
          <Route path="/log" component={LogPage} />
          <Route path="/log/access" component={AccessPage} />
          <Route path="/log/proofs" component={ProofsPage} />
          <Route path="/log/site-as-of" component={SiteAsOfPage} />
          <Route path="/users" component={UsersPage} />
          <Route path="/users/new" component={NewUserPage} />
          <Route path={OF_USER}>{({ id = "" }) => <UserPage key={id} id={id} />}</Route>
          <Route path="/me" component={MyProfilePage} />
          <Route component={NotFound} />
        </Switch>
      </AwaitedPage>
      <Undoing />
    </>
  );
}
