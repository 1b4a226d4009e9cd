/** Site admin › User Management › Users: the site's directory. */

import { Anchor, Badge, Box, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import { Loaded } from "~/components/loading/Loaded";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { type Column, DataTable } from "~/components/table/DataTable";
import { Pager } from "~/components/table/Pager";
import { FROM_THE_START, windowOf } from "~/components/table/paging";
import { SearchField } from "~/components/table/SearchField";
import type { ResultOf, VariablesOf } from "~/graph/graphql";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { type Url, useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { LISTED_STATUSES, ROLES } from "./people";
import { USERS } from "./queries";
import { usersTabs } from "./tabs";

type User = NonNullable<ResultOf<typeof USERS>["users"]>["nodes"][number];

export default function UsersPage() {
  const may = useMay();
  return may("SEE_ALL_USERS") ? <Users /> : <NoAccess needs="SEE_ALL_USERS" />;
}

function Users() {
  const t = useText();
  const url = useUrl();
  const read = partOf(useRead(USERS, toVariables(url)), ({ users }) => users);
  const columns = useColumns();
  return (
    <Page title="people.title" trail={[{ name: "app.user-management" }]}>
      <Tabs tabs={usersTabs(useMay())} label="people.title" />
      <Stack gap="sm">
        <Filters url={url} />
        <Loaded read={read}>
          {({ nodes, totalCount, pageInfo }) => (
            <>
              <DataTable
                label={t("people.list")}
                columns={columns}
                rows={nodes}
                empty={<Text>{t("people.none-found")}</Text>}
              />
              <Pager url={url} waiting={read.waiting} totalCount={totalCount} pageInfo={pageInfo} />
            </>
          )}
        </Loaded>
      </Stack>
    </Page>
  );
}

function toVariables(url: Url): VariablesOf<typeof USERS> {
  const status = LISTED_STATUSES.find((one) => one === url.get("status"));
  const role = ROLES.find((one) => one === url.get("role"));
  return {
    ...windowOf(url.get),
    search: url.get("search"),
    filter: { status: status ? [status] : null, role: role ?? null },
  };
}

function Filters({ url }: { url: Url }) {
  const t = useText();
  return (
    <Group align="flex-end">
      <Box flex="1 1 16rem">
        <SearchField url={url} label={t("people.search")} />
      </Box>
      <NativeSelect
        aria-label={t("people.status")}
        value={url.get("status") ?? ""}
        onChange={(event) => url.set({ status: event.currentTarget.value, ...FROM_THE_START })}
        data={[
          { value: "", label: t("people.status.any") },
          ...LISTED_STATUSES.map((value) => ({ value, label: t(`people.${value}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t("people.role")}
        value={url.get("role") ?? ""}
        onChange={(event) => url.set({ role: event.currentTarget.value, ...FROM_THE_START })}
        data={[
          { value: "", label: t("people.role.any") },
          ...ROLES.map((value) => ({ value, label: t(`people.${value}`) })),
        ]}
      />
    </Group>
  );
}

function useColumns(): Column<User>[] {
  const t = useText();
  return [
    { id: "NAME", header: t("people.name"), cell: (user) => <Name user={user} /> },
    { id: "USERNAME", header: t("people.username"), cell: ({ username }) => username },
    { id: "EMAIL", header: t("people.email"), cell: ({ email }) => email },
    { id: "CODE", header: t("people.code"), cell: ({ code }) => code ?? "" },
    {
      id: "ROLES",
      header: t("people.roles"),
      cell: ({ roles }) => roles.map((role) => t(`people.${role}`)).join(", "),
    },
  ];
}

function Name({ user }: { user: User }) {
  const t = useText();
  return (
    <Group gap="xs">
      <Anchor component={Link} href={`/users/${user.id}`} dir="auto">
        {user.displayName}
      </Anchor>
      {user.status === "SUSPENDED" && <Badge color="gray">{t("people.SUSPENDED")}</Badge>}
    </Group>
  );
}
