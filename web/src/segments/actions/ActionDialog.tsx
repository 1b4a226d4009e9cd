import { Text } from "@mantine/core";
import { CommandDialog } from "~/components/dialogs/CommandDialog";
import { useText } from "~/intl/useText";
import { type Deed, wordsOf } from "./actions";
import type { MenuProps } from "./menuProps";
import { useDeed } from "./useSegmentAction";

interface Props {
  readonly deed: Deed;
  readonly segment: MenuProps["segment"];
  readonly done?: () => void;
  readonly close: () => void;
}

/** Says what depends on the segment before it is put away or taken off the site. */
export function DeedDialog({ deed, segment, done, close }: Props) {
  const t = useText();
  const act = useDeed(deed);
  const words = wordsOf(deed);
  return (
    <CommandDialog
      title={t(words.act)}
      action={t(words.act)}
      grave={deed.asks === "needed"}
      reason={deed.asks ?? "welcome"}
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
      {deed.name === "delete" && segment.code && (
        <Text>{t("segments.delete.code", { code: segment.code })}</Text>
      )}
    </CommandDialog>
  );
}
