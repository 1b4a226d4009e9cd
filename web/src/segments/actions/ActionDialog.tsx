import { Text } from "@mantine/core";
import { CommandDialog } from "~/components/dialogs/CommandDialog";
import { useText } from "~/intl/useText";
import { type SegmentAction, wordsOf } from "./actions";
import type { MenuProps } from "./menuProps";
import { useSegmentAction } from "./useSegmentAction";

interface Props {
  readonly action: SegmentAction;
  readonly segment: MenuProps["segment"];
  readonly done?: () => void;
  readonly close: () => void;
}

/** Confirms an action on a segment, and says what it affects. */
export function ActionDialog({ action, segment, done, close }: Props) {
  const t = useText();
  const act = useSegmentAction(action);
  const words = wordsOf(action);
  return (
    <CommandDialog
      title={t(words.act)}
      action={t(words.act)}
      danger={action.reason === "required"}
      reason={action.reason ?? "optional"}
      send={(reason) => act(segment, reason)}
      done={() => {
        close();
        done?.();
      }}
      close={close}
    >
      <Text fw={600} dir="auto">
        {segment.name}
      </Text>
      <Text>{t(words.means, { count: segment.memberCount })}</Text>
      {action.name === "delete" && segment.code && (
        <Text>{t("segments.delete.code", { code: segment.code })}</Text>
      )}
    </CommandDialog>
  );
}
