/** The visible rows of one page of the list. */
import { Skeleton, Table } from "@mantine/core";
import type { VirtualItem } from "@tanstack/react-virtual";
import { useEffect } from "react";
import { Failure } from "~/components/loading/Failure";
import type { VariablesOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { useMay } from "~/session/Viewer";
import { type Choosing, MemberRow } from "./MemberRow";
import { MEMBERS, type Members, PAGE } from "./queries";

interface Props {
  readonly page: number;
  readonly variables: VariablesOf<typeof MEMBERS>;
  /** Those in sight; of the last page that is known also those that come after it. */
  readonly rows: readonly VirtualItem[];
  /** What this page was when it was last in sight. */
  readonly remembered: Members | undefined;
  readonly answered: (page: number, members: Members) => void;
  readonly measure: (row: Element | null) => void;
  readonly choosing: Choosing | undefined;
}

export function MemberPage({ page, variables, rows, remembered, answered, ...shown }: Props) {
  const { data, error, waiting, again } = useRead(MEMBERS, variables);
  const looksBack = useMay()("SEE_THE_PAST");
  const read = data?.userSegment?.members;
  useEffect(() => {
    if (read && !waiting) answered(page, read);
  }, [page, read, waiting, answered]);
  const members = read ?? remembered;
  if (error && !members)
    return (
      <Table.Tr>
        <Table.Td colSpan={5}>
          <Failure error={error} again={again} />
        </Table.Td>
      </Table.Tr>
    );
  return rows.map(({ index }) => {
    const place = index - page * PAGE;
    const member = members?.edges[place];
    return (
      <Table.Tr key={index} data-index={index} aria-rowindex={index + 2} ref={shown.measure}>
        {member ? (
          <MemberRow
            member={member}
            choosing={shown.choosing}
            why={looksBack ? `/segments/${variables.id}/why/${member.node.id}` : undefined}
          />
        ) : (
          <Table.Td colSpan={5}>
            <Skeleton height={26} visible={!members || place >= PAGE} />
          </Table.Td>
        )}
      </Table.Tr>
    );
  });
}
