import { Text } from "@mantine/core";
import { useIntl } from "react-intl";
import { type Column, DataTable } from "~/components/table/DataTable";
import { FROM_THE_START } from "~/components/table/paging";
import type { Url } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import { SegmentMenu } from "~/segments/actions/SegmentMenu";
import type { Choice } from "~/segments/bulk/useSelection";
import type { ListedSegment } from "~/segments/queries";
import { useMay } from "~/session/Viewer";
import { CodeCell } from "./CodeCell";
import { orderOf } from "./listVariables";
import { NameCell } from "./NameCell";
import { NoSegments } from "./NoSegments";

interface Props extends Choice {
  readonly rows: readonly ListedSegment[];
  readonly url: Url;
}

export function SegmentsTable({ rows, url, chosen, choose }: Props) {
  const t = useText();
  const may = useMay();
  return (
    <DataTable
      label={t("segments.list")}
      columns={useColumns(url.get("search"))}
      rows={rows}
      empty={<NoSegments url={url} />}
      order={orderOf(url)}
      onOrder={({ column, direction }) => url.set({ order: column, direction, ...FROM_THE_START })}
      chosen={chosen}
      nameOf={({ name }) => name}
      {...(may("CHANGE_SEGMENTS") && { onChoose: choose })}
    />
  );
}

function useColumns(search: string | null): Column<ListedSegment>[] {
  const t = useText();
  const may = useMay();
  const intl = useIntl();
  const columns: Column<ListedSegment>[] = [
    {
      id: "NAME",
      header: t("segments.name"),
      orders: true,
      cell: (segment) => <NameCell segment={segment} search={search} />,
    },
    {
      id: "CODE",
      header: t("segments.code"),
      orders: true,
      cell: (segment) => <CodeCell segment={segment} search={search} />,
    },
    {
      id: "MEMBER_COUNT",
      header: t("segments.members"),
      orders: true,
      align: "end",
      cell: ({ memberCount }) => intl.formatNumber(memberCount),
    },
    {
      id: "CREATED_AT",
      header: t("segments.created-at"),
      orders: true,
      cell: (segment) => <Created segment={segment} />,
    },
    {
      id: "UPDATED_AT",
      header: t("segments.updated"),
      orders: true,
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ];
  if (may("SEE_ALL_SEGMENTS"))
    columns.push({
      id: "MENU",
      header: t("segments.menu"),
      align: "end",
      cell: (segment) => <SegmentMenu segment={segment} />,
    });
  return columns;
}

function Created({ segment: { createdAt, source } }: { segment: ListedSegment }) {
  const t = useText();
  return (
    <>
      <When at={createdAt} />
      <Text size="xs" c="dimmed">
        {t(`segments.source.${source}`)}
      </Text>
    </>
  );
}
