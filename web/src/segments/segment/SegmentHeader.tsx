import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { heading } from "~/hooks/focus";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { SegmentMenu } from "~/segments/actions/SegmentMenu";
import { Badges } from "~/segments/Badges";
import type { Segment } from "~/segments/queries";
import { useMay } from "~/session/Viewer";

interface Props {
  readonly segment: Segment;
  /** Whether it has been deleted; an open dialog stays. */
  readonly gone: boolean;
}

/** Badges and actions beside the segment's name. */
export function SegmentHeader({ segment, gone }: Props) {
  const t = useText();
  const may = useMay();
  const url = useUrl();
  const [, go] = useLocation();
  const editing = url.get("edit") !== null;
  const editable = may("CHANGE_SEGMENTS") && segment.status === "ACTIVE" && !editing && !gone;
  const edit = useFocusAfter(editing);
  return (
    <>
      {!gone && <Badges segment={segment} />}
      {editable && (
        <Button ref={edit} variant="default" onClick={() => go(`/segments/${segment.id}?edit=yes`)}>
          {t("segments.edit")}
        </Button>
      )}
      {may("SEE_ALL_SEGMENTS") && (
        <SegmentMenu segment={segment} hidden={gone} gone={() => go("/segments")} />
      )}
    </>
  );
}

/** The button that something ended with, where there is one, else the name of the page. */
function useFocusAfter(editing: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(editing);
  useEffect(() => {
    const ended = was.current && !editing && document.activeElement === document.body;
    was.current = editing;
    if (ended) (button.current ?? heading())?.focus();
  }, [editing]);
  return button;
}
