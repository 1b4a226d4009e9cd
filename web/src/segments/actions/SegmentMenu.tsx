/** What can be done to one segment. A menu and its dialogs weigh something: they load when wanted. */
import { ActionIcon } from "@mantine/core";
import { Suspense } from "react";
import { Boundary, type Failed } from "~/components/loading/Boundary";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { usePressedInVain } from "~/components/loading/NotLoaded";
import { useText } from "~/intl/useText";
import type { MenuProps } from "./menuProps";

const SegmentMenuContent = lazyComponent(() => import("./SegmentMenuContent"));

export function SegmentMenu(props: MenuProps) {
  return (
    <Boundary
      failed={(failed) => !props.hidden && <NotThere {...failed} name={props.segment.name} />}
    >
      <Suspense fallback={<Place />}>
        <SegmentMenuContent {...props} />
      </Suspense>
    </Boundary>
  );
}

function NotThere({ name, ...failed }: Failed & { name: string }) {
  const t = useText();
  return (
    <ActionIcon
      variant="default"
      aria-label={t("segments.menu.of", { name })}
      onClick={usePressedInVain(failed)}
    >
      <span aria-hidden>⋯</span>
    </ActionIcon>
  );
}

/** Where the button is about to be: what stands beside it must not move under somebody's hand. */
function Place() {
  return <ActionIcon component="span" variant="default" aria-hidden aria-busy />;
}
