import { Alert } from "@mantine/core";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import type { Segment } from "~/segments/segment/SegmentPage";

/** Somebody changed this segment while one is typing. */
export function Meanwhile({ segment: { updatedBy, updatedAt } }: { segment: Segment }) {
  const t = useText();
  return (
    <Alert color="yellow" role="status" title={t("segments.meanwhile")}>
      {t("segments.meanwhile.who", { name: updatedBy.displayName })} (<When at={updatedAt} />
      ). {t("segments.meanwhile.how")}
    </Alert>
  );
}
