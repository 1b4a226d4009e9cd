/** Confirms the removal of members. */
import { List, Text } from "@mantine/core";
import { CommandDialog } from "~/components/dialogs/CommandDialog";
import { useText } from "~/intl/useText";
import type { Segment } from "~/memberships/segment";
import type { Selection } from "~/memberships/selection";
import { useRoster } from "~/memberships/useRoster";

/** Names beyond these are counted. */
const NAMED = 5;

interface Props {
  readonly segment: Segment;
  readonly leaving: Selection;
  readonly done: () => void;
  readonly close: () => void;
}

export function RemoveDialog({ segment, leaving, done, close }: Props) {
  const t = useText();
  const { change, tell } = useRoster(segment);
  const names = [...leaving.values()];
  return (
    <CommandDialog
      title={t("memberships.remove.title", { count: leaving.size })}
      action={t("memberships.remove")}
      reason="optional"
      send={(reason) => change("remove", { ids: [...leaving.keys()] }, reason)}
      done={(counts) => {
        tell("remove", counts);
        done();
      }}
      close={close}
    >
      <Text mb="xs">{t("memberships.remove.what", { segment: segment.name })}</Text>
      <List>
        {names.slice(0, NAMED).map((name, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may be the same, and do not move
          <List.Item key={place} dir="auto">
            {name}
          </List.Item>
        ))}
        {names.length > NAMED && (
          <List.Item>{t("memberships.more", { count: names.length - NAMED })}</List.Item>
        )}
      </List>
    </CommandDialog>
  );
}
