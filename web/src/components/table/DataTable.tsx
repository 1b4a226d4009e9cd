/** A table with sortable columns and selectable rows. */
import { Checkbox, Table, Text, UnstyledButton } from "@mantine/core";
import {
  type ColumnDef,
  type RowData,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import type { ReactNode } from "react";
import { useText } from "~/intl/useText";
import { Holdable, useHeld } from "./heldRows";

const features = tableFeatures({ rowSelectionFeature });

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Whether its header orders the rows. */
  readonly orders?: boolean;
  readonly align?: "start" | "end";
}

export interface Order {
  readonly column: string;
  readonly direction: "ASC" | "DESC";
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** What is shown when there are none. */
  readonly empty: ReactNode;
  readonly order?: Order;
  readonly onOrder?: (order: Order) => void;
  /** The ids of the chosen rows, where rows can be chosen. */
  readonly chosen?: ReadonlySet<string>;
  readonly onChoose?: (chosen: ReadonlySet<string>) => void;
  readonly nameOf?: (row: Row) => string;
}

export function DataTable<Row extends { id: string }>(props: Props<Row>) {
  const { chosen, onChoose, empty } = props;
  const { rows, hold } = useHeld(props.rows);
  const table = useTable({
    features,
    data: rows as Row[],
    columns: props.columns.map(definition),
    getRowId: (row) => row.id,
    state: { rowSelection: Object.fromEntries([...(chosen ?? [])].map((id) => [id, true])) },
    onRowSelectionChange: (next) => {
      const known = table.state.rowSelection;
      const selection = typeof next === "function" ? next(known) : next;
      onChoose?.(new Set(Object.keys(selection).filter((id) => selection[id])));
    },
  });
  const t = useText();
  // Of those in sight: others may be chosen on other pages.
  const here = rows.filter(({ id }) => chosen?.has(id)).length;
  if (rows.length === 0) return <>{empty}</>;
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table
        aria-label={props.label}
        highlightOnHover
        verticalSpacing="xs"
        style={{ overflowWrap: "break-word" }} // it scrolls: words stay whole while there is room
      >
        <Table.Thead>
          <Table.Tr>
            {onChoose && (
              <Table.Th w={40}>
                <Checkbox
                  aria-label={t("common.choose-all")}
                  checked={here === rows.length}
                  indeterminate={here > 0 && here < rows.length}
                  onChange={table.getToggleAllRowsSelectedHandler()}
                />
              </Table.Th>
            )}
            {props.columns.map((column) => (
              <Header key={column.id} column={column} {...props} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.getRowModel().rows.map((row) => (
            <Holdable key={row.id} id={row.id} hold={hold}>
              <Table.Tr data-selected={row.getIsSelected() || undefined}>
                {onChoose && (
                  <Table.Td>
                    <Checkbox
                      aria-label={t("common.choose", {
                        name: props.nameOf?.(row.original) ?? row.id,
                      })}
                      checked={row.getIsSelected()}
                      onChange={row.getToggleSelectedHandler()}
                    />
                  </Table.Td>
                )}
                {props.columns.map((column) => (
                  <Table.Td key={column.id} ta={column.align ?? "start"}>
                    {column.cell(row.original)}
                  </Table.Td>
                ))}
              </Table.Tr>
            </Holdable>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function definition<Row extends RowData>(column: Column<Row>): ColumnDef<typeof features, Row> {
  return { id: column.id, header: column.header };
}

type HeaderProps<Row> = { column: Column<Row> } & Pick<Props<Row>, "order" | "onOrder">;

function Header<Row>({ column, order, onOrder }: HeaderProps<Row>) {
  const sorted = order?.column === column.id ? order.direction : undefined;
  if (!column.orders || !onOrder)
    return <Table.Th ta={column.align ?? "start"}>{column.header}</Table.Th>;
  const next = sorted === "ASC" ? "DESC" : "ASC";
  return (
    <Table.Th
      ta={column.align ?? "start"}
      aria-sort={sorted === "ASC" ? "ascending" : sorted === "DESC" ? "descending" : "none"}
    >
      <UnstyledButton onClick={() => onOrder({ column: column.id, direction: next })}>
        <Text span fw={700} size="sm">
          {column.header} {sorted === "ASC" ? "↑" : sorted === "DESC" ? "↓" : ""}
        </Text>
      </UnstyledButton>
    </Table.Th>
  );
}
