/** A button with the number of events that are newer than the page. */

import { Button } from "@mantine/core";
import { position } from "~/graph/position";
import { useStore } from "~/graph/store";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import type { EventFilter } from "./filter";
import { NEWER_EVENTS } from "./queries";

interface Props {
  readonly filter: EventFilter;
  /** The greatest position on the page. */
  readonly after: number;
  readonly show: () => void;
}

export function NewEvents({ filter, after, show }: Props) {
  const t = useText();
  const reached = useStore(position);
  const read = useRead(
    NEWER_EVENTS,
    { filter: after > 0 ? { ...filter, after: { position: after } } : filter },
    { pause: reached <= after },
  );
  const count = reached > after ? (read.data?.events?.totalCount ?? 0) : 0;
  return (
    <div role="status">
      {count > 0 && (
        <Button variant="light" fullWidth onClick={show}>
          {t("audit.log.new", { count })}
        </Button>
      )}
    </div>
  );
}
