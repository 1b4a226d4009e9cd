/** The errors of rows, each with row, column and value. */
import { Button, Code, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useIntl } from "react-intl";
import { DownloadButton } from "~/components/DownloadButton";
import { useText } from "~/intl/useText";
import type { Report, RowError } from "~/uploads/queries";

const AT_FIRST = 50;

type Part = Pick<Report, "rowErrors" | "rowsRejected" | "rejectedRows">;

export function RowErrors({ report }: { report: Part }) {
  const t = useText();
  const [all, setAll] = useState(false);
  const { rowErrors, rowsRejected, rejectedRows } = report;
  if (rowsRejected === 0) return null;
  const shown = all ? rowErrors : rowErrors.slice(0, AT_FIRST);
  return (
    <section aria-labelledby="row-errors">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="row-errors">
          {t("uploads.errors")}
        </Title>
        {rejectedRows && (
          <DownloadButton path={rejectedRows} name="rejected.csv" size="xs">
            {t("uploads.rejected", { count: rowsRejected })}
          </DownloadButton>
        )}
      </Group>
      <ErrorTable errors={shown} />
      {shown.length < rowErrors.length && (
        <Button variant="default" size="xs" mt="xs" onClick={() => setAll(true)}>
          {t("uploads.errors.all", { count: rowErrors.length })}
        </Button>
      )}
      {rejectedRows && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("uploads.rejected.how")}
        </Text>
      )}
    </section>
  );
}

function ErrorTable({ errors }: { errors: readonly RowError[] }) {
  const t = useText();
  const intl = useIntl();
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0}>
      <Table aria-labelledby="row-errors" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="end">{t("uploads.row")}</Table.Th>
            <Table.Th>{t("uploads.column")}</Table.Th>
            <Table.Th>{t("uploads.error")}</Table.Th>
            <Table.Th>{t("uploads.value")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {errors.map(({ row, column, message, value }) => (
            <Table.Tr key={`${row} ${column} ${message}`}>
              <Table.Td ta="end">{intl.formatNumber(row)}</Table.Td>
              <Table.Td dir="auto">{column ?? t("uploads.whole-row")}</Table.Td>
              <Table.Td dir="auto">{message}</Table.Td>
              <Table.Td>{value && <Code dir="auto">{value}</Code>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
