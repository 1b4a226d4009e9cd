/** The segments of a user. */

import { Anchor, Badge, Group, Text } from "@mantine/core";
import { Link } from "wouter";
import { Loaded } from "~/components/loading/Loaded";
import { type Column, DataTable } from "~/components/table/DataTable";
import { Pager } from "~/components/table/Pager";
import { windowOf } from "~/components/table/paging";
import type { ResultOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { SEGMENTS_OF_USER } from "~/people/queries";

type Segments = NonNullable<ResultOf<typeof SEGMENTS_OF_USER>["user"]>["segments"];
type Segment = Segments["nodes"][number];

export function UserSegments({ id }: { id: string }) {
  const t = useText();
  const url = useUrl();
  const read = useRead(SEGMENTS_OF_USER, { id, ...windowOf(url.get) });
  const columns: Column<Segment>[] = [
    { id: "NAME", header: t("segments.name"), cell: (segment) => <Name segment={segment} /> },
    { id: "CODE", header: t("segments.code"), cell: ({ code }) => code ?? "" },
  ];
  return (
    <Loaded read={read}>
      {({ user }) =>
        user && (
          <>
            <DataTable
              label={t("people.segments")}
              columns={columns}
              rows={user.segments.nodes}
              empty={<Text>{t("people.segments.none")}</Text>}
            />
            <Pager url={url} waiting={read.waiting} {...user.segments} />
          </>
        )
      }
    </Loaded>
  );
}

function Name({ segment }: { segment: Segment }) {
  const t = useText();
  return (
    <Group gap="xs">
      <Anchor component={Link} href={`/segments/${segment.id}`} dir="auto">
        {segment.name}
      </Anchor>
      {segment.status === "ARCHIVED" && <Badge color="gray">{t("segments.archived")}</Badge>}
    </Group>
  );
}
