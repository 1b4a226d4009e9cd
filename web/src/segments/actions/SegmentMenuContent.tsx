import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import { download } from "~/components/download";
import { toldProblem } from "~/components/notify";
import { useText } from "~/intl/useText";
import { useMay } from "~/session/Viewer";
import { DeedDialog } from "./ActionDialog";
import { DEEDS, type Deed, wordsOf } from "./actions";
import type { MenuProps } from "./menuProps";
import { useDeed } from "./useSegmentAction";

export default function SegmentMenuContent({ segment, hidden = false, gone }: MenuProps) {
  const t = useText();
  const may = useMay();
  const [asking, setAsking] = useState<Deed>();
  const offered = DEEDS.filter((deed) => may(deed.needs) && deed.applies(segment));
  return (
    <>
      {!hidden && (
        <Menu
          position="bottom-end"
          withInitialFocusPlaceholder={false}
          portalProps={{ target: "#main" }}
        >
          <Menu.Target>
            <ActionIcon
              variant="default"
              aria-label={t("segments.menu.of", { name: segment.name })}
            >
              <span aria-hidden>⋯</span>
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {offered.map((deed) => (
              <DeedItem key={deed.name} deed={deed} segment={segment} ask={() => setAsking(deed)} />
            ))}
            {offered.length > 0 && <Menu.Divider />}
            <Menu.Item onClick={() => void members()}>{t("segments.download")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {asking && (
        <DeedDialog
          deed={asking}
          segment={segment}
          close={() => setAsking(undefined)}
          {...(asking.name === "delete" && gone && { done: gone })}
        />
      )}
    </>
  );

  async function members(): Promise<void> {
    const name = `${segment.code ?? segment.name}.csv`;
    if (!(await download(`/files/segments/${segment.id}/members.csv`, name)))
      toldProblem(t("parts.download.failed", { name }));
  }
}

interface ItemProps extends MenuProps {
  readonly deed: Deed;
  readonly ask: () => void;
}

function DeedItem({ deed, segment, ask }: ItemProps) {
  const t = useText();
  const act = useDeed(deed);
  return (
    <Menu.Item
      onClick={() => (deed.asks ? ask() : void act(segment))}
      {...(deed.asks === "needed" && { c: "var(--mantine-color-error)" })}
    >
      {t(wordsOf(deed).act)}
      {deed.asks && "…"}
    </Menu.Item>
  );
}
