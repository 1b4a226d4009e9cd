/** Undoes a command: shows a dry run, asks for the reason, commits. */
import { Text } from "@mantine/core";
import { CommandDialog } from "~/components/dialogs/CommandDialog";
import { notify } from "~/components/notify";
import { useCommand } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { DryRunOutcome } from "./DryRunOutcome";
import { UNDO, type Undone } from "./mutations";
import { useDryRun } from "./useDryRun";

interface Props {
  /** The commandId of what is to be taken back. */
  readonly command: string;
  readonly close: () => void;
  /** Called when it is done; reads are refetched anyway. */
  readonly done?: (undone: Undone) => void;
}

export function UndoDialog({ command, close, done }: Props) {
  const t = useText();
  const undo = useCommand(UNDO);
  const dryRun = useDryRun(command);
  const { outcome } = dryRun;
  return (
    <CommandDialog
      title={t("undo.title")}
      action={t("undo.action")}
      reason="required"
      ready={outcome?.kind === "done" && outcome.payload.undone > 0}
      send={(reason) => undo({ command, mode: "COMMIT", reason: reason ?? "" })}
      done={(undone) => {
        notify(saying(undone));
        done?.(undone);
        close();
      }}
      close={close}
    >
      <DryRunOutcome {...dryRun} />
      <Text size="sm" c="dimmed" mt="xs">
        {t("undo.how")}
      </Text>
    </CommandDialog>
  );

  function saying({ undone, conflicts }: Undone): string {
    const put = t("undo.done", { count: undone });
    if (conflicts.length === 0) return put;
    return `${put} ${t("undo.done.but", { count: conflicts.length })}`;
  }
}
