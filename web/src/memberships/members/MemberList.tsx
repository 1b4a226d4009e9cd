/** A virtualised list of members, loaded by pages while scrolling. */
import { Table, Text, VisuallyHidden } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useText } from "~/intl/useText";
import { pageOf, useCursors } from "./cursors";
import classes from "./MemberList.module.css";
import { MemberPage } from "./MemberPage";
import type { Choosing } from "./MemberRow";
import { type Members, PAGE } from "./queries";

/** Rows beyond the known ones to which one can scroll in one go: what is between is fetched. */
const AHEAD = 10_000;
/** The height of a row of one line, in root ems, until it has been measured. */
const ROW = 47 / 16;

interface Props {
  readonly segmentId: string;
  readonly search: string | null;
  /** Where members can be chosen and taken out. */
  readonly choosing?: Choosing;
}

export function MemberList({ segmentId, search, choosing }: Props) {
  const t = useText();
  const list = `${segmentId} ${search ?? ""}`;
  const scroller = useRef<HTMLElement>(null);
  const { cursors, total, answered, remembered } = usePages(list);
  const virtualizer = useVirtualizer({
    count: Math.min(total ?? PAGE, cursors.length * PAGE + AHEAD),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW * rootEm(),
    overscan: 10,
  });
  // It would break off the browser's own scrolling to the end and back.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is read from its top
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [list]);
  const rows = virtualizer.getVirtualItems();
  const pages = new Set([0, ...rows.map(({ index }) => pageOf(index, PAGE, cursors))]);
  return (
    <>
      {total === 0 && <Text>{t(search ? "memberships.none-found" : "memberships.none")}</Text>}
      <section
        ref={scroller}
        hidden={total === 0}
        className={classes.scroller}
        aria-label={t("memberships.members")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: so the keyboard scrolls it
        tabIndex={0}
      >
        <Table
          stickyHeader
          highlightOnHover
          layout="fixed"
          miw={560}
          verticalSpacing="xs"
          aria-label={t("memberships.members")}
          aria-rowcount={(total ?? 0) + 1}
        >
          <Header choosing={choosing !== undefined} />
          <Space height={rows[0]?.start ?? 0} />
          <Table.Tbody>
            {[...pages].map((page) => (
              <MemberPage
                key={page}
                page={page}
                variables={{ id: segmentId, search, first: PAGE, after: cursors[page] ?? null }}
                rows={rows.filter(({ index }) => pageOf(index, PAGE, cursors) === page)}
                remembered={remembered.get(page)}
                answered={answered}
                measure={virtualizer.measureElement}
                choosing={choosing}
              />
            ))}
          </Table.Tbody>
          <Space height={virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0)} />
        </Table>
      </section>
      <Text size="sm" c="dimmed" role="status">
        {total !== undefined && t("common.total", { count: total })}
      </Text>
    </>
  );
}

/** What the pages of a list have answered. */
function usePages(list: string) {
  const [cursors, reach] = useCursors(list);
  const [total, setTotal] = useState<number>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing of another list is remembered
  const remembered = useMemo(() => new Map<number, Members>(), [list]);
  const answered = useCallback(
    (page: number, members: Members) => {
      remembered.set(page, members);
      setTotal(members.totalCount);
      reach(page, members.pageInfo.hasNextPage ? members.pageInfo.endCursor : null);
    },
    [remembered, reach],
  );
  return { cursors, total, answered, remembered };
}

/** Pixels: larger for those who read larger text. */
function rootEm(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function Header({ choosing }: { choosing: boolean }) {
  const t = useText();
  return (
    <Table.Thead>
      <Table.Tr aria-rowindex={1}>
        {choosing && (
          <Table.Th w={44}>
            <VisuallyHidden>{t("memberships.choose")}</VisuallyHidden>
          </Table.Th>
        )}
        <Table.Th>{t("memberships.name")}</Table.Th>
        <Table.Th>{t("memberships.email")}</Table.Th>
        <Table.Th w="36%">{t("memberships.since")}</Table.Th>
        {choosing && (
          <Table.Th w={120}>
            <VisuallyHidden>{t("memberships.remove")}</VisuallyHidden>
          </Table.Th>
        )}
      </Table.Tr>
    </Table.Thead>
  );
}

/** In place of rows that are out of sight. */
function Space({ height }: { height: number }) {
  return (
    <Table.Tbody aria-hidden>
      <Table.Tr>
        <Table.Td p={0} h={height} />
      </Table.Tr>
    </Table.Tbody>
  );
}
