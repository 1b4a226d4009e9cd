import { Button } from "@mantine/core";
import { useLocation } from "wouter";
import { useText } from "~/intl/useText";
import { useUrl } from "~/parts/useUrl";
import { useMay } from "~/session/Viewer";
import { Badges } from "./Badges";
import { SegmentMenu } from "./SegmentMenu";
import type { Segment } from "./SegmentPage";

/** How the segment stands, and what can be done to it, beside its name. */
export function Standing({ segment }: { segment: Segment }) {
  const t = useText();
  const may = useMay();
  const url = useUrl();
  const [, go] = useLocation();
  const editable = may("CHANGE_SEGMENTS") && segment.status === "ACTIVE" && !url.get("edit");
  return (
    <>
      <Badges segment={segment} />
      {editable && (
        <Button variant="default" onClick={() => go(`/segments/${segment.id}?edit=yes`)}>
          {t("segments.edit")}
        </Button>
      )}
      {may("SEE_ALL_SEGMENTS") && <SegmentMenu segment={segment} gone={() => go("/segments")} />}
    </>
  );
}
