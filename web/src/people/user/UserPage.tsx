/** A user: details, roles and segments. */
import { Badge, Group } from "@mantine/core";
import { useRoute } from "wouter";
import { Loaded } from "~/components/loading/Loaded";
import { NotFound } from "~/components/page/NotFound";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { useRead } from "~/graph/useRead";
import { isNotFound } from "~/intl/errorMessage";
import { useText } from "~/intl/useText";
import { isThere, type User } from "~/people/people";
import { USER } from "~/people/queries";
import { trailFor, userTabs } from "~/people/tabs";
import { useMay } from "~/session/Viewer";
import { Gone } from "./Gone";
import { UserDetails } from "./UserDetails";
import { UserHeader } from "./UserHeader";
import { UserSegments } from "./UserSegments";

export default function UserPage({ id }: { id: string }) {
  const read = useRead(USER, { id });
  if (!read.data && isNotFound(read.error)) return <NotFound />;
  return <Loaded read={read}>{({ user }) => (user ? <Shown user={user} /> : <NotFound />)}</Loaded>;
}

function Shown({ user }: { user: User }) {
  const t = useText();
  const may = useMay();
  const [showsSegments] = useRoute("/users/:id/segments");
  const there = isThere(user);
  return (
    <Page
      name={user.displayName}
      trail={trailFor(may)}
      actions={
        <Group gap="xs">
          {user.status !== "ACTIVE" && <Badge color="gray">{t(`people.${user.status}`)}</Badge>}
          {may("CHANGE_USERS") && <UserHeader user={user} />}
        </Group>
      }
    >
      {there ? <Tabs tabs={userTabs(user.id)} label="people.tabs" /> : <Gone user={user} />}
      {showsSegments ? (
        there && <UserSegments id={user.id} />
      ) : (
        <UserDetails user={user} changes={may("CHANGE_USERS")} />
      )}
    </Page>
  );
}
