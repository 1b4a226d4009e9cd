import { Table } from "@mantine/core";
import type { ReactNode } from "react";

export type Row = readonly [name: string, value: ReactNode];

interface Props {
  readonly label: string;
  readonly rows: readonly Row[];
}

/** A two-column table of names and values. */
export function ValueTable({ label, rows }: Props) {
  return (
    <Table withRowBorders={false} verticalSpacing={2} fz="sm" mb="xs" aria-label={label}>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" w="11rem" ta="start" style={{ verticalAlign: "top" }}>
              {name}
            </Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
