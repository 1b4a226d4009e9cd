/** The menu of a segment. Its content is loaded lazily. */
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

/** A placeholder of the button's size, so that nothing beside it moves. */
function Place() {
  return <ActionIcon component="span" variant="default" aria-hidden aria-busy />;
}
