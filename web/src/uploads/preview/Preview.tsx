/** The first accepted rows: a wrong delimiter or encoding shows at once. */
import { Badge, Table, Title } from "@mantine/core";
import { useIntl } from "react-intl";
import type { MessageId } from "~/intl/locale";
import { type Text, useText } from "~/intl/useText";
import type { Kind } from "~/uploads/kinds";

const OUTCOMES: Record<string, MessageId> = {
  create: "uploads.outcome.create",
  update: "uploads.outcome.update",
  unchanged: "uploads.outcome.unchanged",
};

interface Row {
  readonly row: number;
  readonly outcome: string;
  readonly [field: string]: unknown;
}

export function Preview({ kind, rows }: { kind: Kind; rows: readonly unknown[] }) {
  const t = useText();
  const intl = useIntl();
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="preview">
      <Title order={2} size="h4" id="preview" mb="xs">
        {t("uploads.preview")}
      </Title>
      <Table.ScrollContainer minWidth={480} type="native" tabIndex={0}>
        <Table aria-labelledby="preview" verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="end">{t("uploads.row")}</Table.Th>
              {kind.preview.map(({ field, name }) => (
                <Table.Th key={field}>{t(name)}</Table.Th>
              ))}
              <Table.Th>{t("uploads.outcome")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(rows as readonly Row[]).map((one) => (
              <Table.Tr key={one.row}>
                <Table.Td ta="end">{intl.formatNumber(one.row)}</Table.Td>
                {kind.preview.map(({ field, format = inWords }) => (
                  <Table.Td key={field} dir="auto">
                    {format(one[field], t)}
                  </Table.Td>
                ))}
                <Table.Td>
                  <Outcome of={one.outcome} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function Outcome({ of }: { of: string }) {
  const t = useText();
  const name = OUTCOMES[of];
  return <Badge color={of === "unchanged" ? "gray" : "blue"}>{name ? t(name) : of}</Badge>;
}

/** What stands in a cell, or would: yes and no, and lists, in words. */
export function inWords(value: unknown, t: Text): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(value ? "uploads.yes" : "uploads.no");
  return Array.isArray(value) ? value.join(", ") : String(value);
}
