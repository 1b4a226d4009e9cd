import { Paper, Text } from "@mantine/core";
import { useIntl } from "react-intl";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import type { Kind } from "~/uploads/kinds";
import type { Report } from "~/uploads/queries";
import classes from "./Counts.module.css";

/** Counts of rows: read, accepted, rejected, and their effects. */
export function Counts({ report, kind }: { report: Report; kind: Kind }) {
  const t = useText();
  const intl = useIntl();
  const done = report.mode === "COMMIT";
  const updated = done ? "uploads.was-updated" : "uploads.to-update";
  const counts: [MessageId, number][] = [
    ["uploads.rows-read", report.rowsRead],
    ["uploads.rows-accepted", report.rowsAccepted],
    ["uploads.rows-rejected", report.rowsRejected],
    [done ? "uploads.was-created" : "uploads.to-create", report.created],
    ...(kind.updates ? [[updated, report.updated] satisfies [MessageId, number]] : []),
    ["uploads.unchanged", report.unchanged],
  ];
  return (
    <dl className={classes.counts}>
      {counts.map(([name, count]) => (
        <Paper key={name} withBorder p="sm">
          <Text component="dt" size="sm" c="dimmed">
            {t(name, { things: t(kind.things) })}
          </Text>
          <Text component="dd" m={0} fz="xl" fw={600}>
            {intl.formatNumber(count)}
          </Text>
        </Paper>
      ))}
    </dl>
  );
}
