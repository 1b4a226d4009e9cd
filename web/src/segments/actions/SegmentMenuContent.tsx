import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import { download } from "~/components/download";
import { notifyProblem } from "~/components/notify";
import { useText } from "~/intl/useText";
import { useMay } from "~/session/Viewer";
import { ActionDialog } from "./ActionDialog";
import { SEGMENT_ACTIONS, type SegmentAction, wordsOf } from "./actions";
import type { MenuProps } from "./menuProps";
import { useSegmentAction } from "./useSegmentAction";

export default function SegmentMenuContent({ segment, hidden = false, gone }: MenuProps) {
  const t = useText();
  const may = useMay();
  const [asking, setAsking] = useState<SegmentAction>();
  const offered = SEGMENT_ACTIONS.filter((action) => may(action.needs) && action.applies(segment));
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
            {offered.map((action) => (
              <ActionItem
                key={action.name}
                action={action}
                segment={segment}
                ask={() => setAsking(action)}
              />
            ))}
            {offered.length > 0 && <Menu.Divider />}
            <Menu.Item onClick={() => void members()}>{t("segments.download")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {asking && (
        <ActionDialog
          action={asking}
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
      notifyProblem(t("common.download.failed", { name }));
  }
}

interface ItemProps extends MenuProps {
  readonly action: SegmentAction;
  readonly ask: () => void;
}

function ActionItem({ action, segment, ask }: ItemProps) {
  const t = useText();
  const act = useSegmentAction(action);
  return (
    <Menu.Item
      onClick={() => (action.reason ? ask() : void act(segment))}
      {...(action.reason === "required" && { c: "var(--mantine-color-error)" })}
    >
      {t(wordsOf(action).act)}
      {action.reason && "…"}
    </Menu.Item>
  );
}
