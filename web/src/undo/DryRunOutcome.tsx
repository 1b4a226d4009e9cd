import { Alert, List, Stack, Text } from "@mantine/core";
import { Failure } from "~/components/loading/Failure";
import { Waiting } from "~/components/loading/Waiting";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import classes from "./DryRunOutcome.module.css";
import type { UndoConflict, Undone } from "./mutations";
import type { DryRun } from "./useDryRun";

/** The result of an undo's dry run: how much would be undone, and the conflicts. */
export function DryRunOutcome({ outcome, again }: DryRun) {
  if (!outcome) return <Waiting lines={2} />;
  if (outcome.kind === "failed") return <Failure error={outcome.error} again={again} />;
  if (outcome.kind === "refused")
    return (
      <Alert color="red" role="alert">
        {outcome.errors.map(({ message }) => message).join(" ")}
      </Alert>
    );
  return <Told {...outcome.payload} />;
}

function Told({ undone, conflicts }: Pick<Undone, "undone" | "conflicts">) {
  const t = useText();
  return (
    <Stack gap="xs" role="status">
      <Text>{undone > 0 ? t("undo.what", { count: undone }) : t("undo.nothing")}</Text>
      {conflicts.length > 0 && <Conflicts conflicts={conflicts} />}
    </Stack>
  );
}

function Conflicts({ conflicts }: { conflicts: readonly UndoConflict[] }) {
  const t = useText();
  return (
    <Alert color="yellow" title={t("undo.conflicts")}>
      <Text size="sm" mb="xs">
        {t("undo.conflicts.count", { count: conflicts.length })}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too */}
      <section className={classes.long} tabIndex={0} aria-label={t("undo.conflicts")}>
        <List spacing="xs" size="sm">
          {conflicts.map(({ reason, event }) => (
            <List.Item key={`${event.id} ${reason}`}>
              <Text size="sm" fw={600} dir="auto">
                {event.summary}
              </Text>
              <Text size="sm">{reason}</Text>
              <Text size="xs">
                <When at={event.recordedAt} />
              </Text>
            </List.Item>
          ))}
        </List>
      </section>
    </Alert>
  );
}
