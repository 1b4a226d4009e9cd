import { Highlighted } from "~/components/table/Highlighted";
import { InlineEdit } from "~/components/table/InlineEdit";
import { useText } from "~/intl/useText";
import type { ListedSegment } from "~/segments/queries";
import { FIELDS } from "~/segments/segmentFields";
import { useMay } from "~/session/Viewer";

import { useInlineEdit } from "./useInlineEdit";

interface Props {
  readonly segment: ListedSegment;
  readonly search: string | null;
}

/** The segment's ID, with inline editing. */
export function CodeCell({ segment, search }: Props) {
  const t = useText();
  const may = useMay();
  const begin = useInlineEdit(segment, "code");
  const code = (
    <bdi>
      <Highlighted text={segment.code ?? ""} search={search} />
    </bdi>
  );
  if (!may("CHANGE_SEGMENTS")) return code;
  return (
    <InlineEdit
      label={t(segment.code ? "segments.code.change" : "segments.code.give", {
        name: segment.name,
      })}
      value={segment.code ?? ""}
      maxLength={FIELDS.code.maxLength}
      begin={segment.status === "ACTIVE" ? begin : null}
    >
      {code}
    </InlineEdit>
  );
}
