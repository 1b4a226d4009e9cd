/** Which page an address shows. Each page is loaded when it is first asked for. */
import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { Waiting } from "~/parts/Waiting";
import { Undoing } from "~/undo/Undoing";
import { Home } from "./Home";
import { NotFound } from "./NotFound";

const SegmentsPage = lazy(() => import("~/segments/SegmentsPage"));
const NewSegmentPage = lazy(() => import("~/segments/NewSegmentPage"));
const UploadPage = lazy(() => import("~/uploads/UploadPage"));
const SegmentPage = lazy(() => import("~/segments/SegmentPage"));
const LogPage = lazy(() => import("~/audit/LogPage"));
const AccessPage = lazy(() => import("~/audit/AccessPage"));
const SiteAsOfPage = lazy(() => import("~/audit/SiteAsOfPage"));
const ProofsPage = lazy(() => import("~/audit/ProofsPage"));
const UsersPage = lazy(() => import("~/people/UsersPage"));
const NewUserPage = lazy(() => import("~/people/NewUserPage"));
const UserPage = lazy(() => import("~/people/UserPage"));
const MyProfilePage = lazy(() => import("~/people/MyProfilePage"));

export function Pages() {
  return (
    <Suspense fallback={<Waiting />}>
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
        <Route path="/segments/:id/*?">{({ id }) => <SegmentPage key={id} id={id} />}</Route>
        <Route path="/log" component={LogPage} />
        <Route path="/log/access" component={AccessPage} />
        <Route path="/log/proofs" component={ProofsPage} />
        <Route path="/log/site-as-of" component={SiteAsOfPage} />
        <Route path="/users" component={UsersPage} />
        <Route path="/users/new" component={NewUserPage} />
        <Route path="/users/:id/*?">{({ id }) => <UserPage key={id} id={id} />}</Route>
        <Route path="/me" component={MyProfilePage} />
        <Route component={NotFound} />
      </Switch>
      <Undoing />
    </Suspense>
  );
}
