import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "wouter";
import { Highlighted } from "~/components/table/Highlighted";
import { InlineEdit } from "~/components/table/InlineEdit";
import { excerptOf } from "~/components/table/matches";
import { useText } from "~/intl/useText";
import { Badges } from "~/segments/Badges";
import type { ListedSegment } from "~/segments/queries";
import { FIELDS } from "~/segments/segmentFields";
import { useMay } from "~/session/Viewer";

import { useInlineEdit } from "./useInlineEdit";

interface Props {
  readonly segment: ListedSegment;
  readonly search: string | null;
}

/** The segment's name as a link, with inline editing and the match in the description, if any. */
export function NameCell({ segment, search }: Props) {
  const t = useText();
  const may = useMay();
  const begin = useInlineEdit(segment, "name");
  const found = search ? excerptOf(segment.description, search) : null;
  return (
    <>
      {may("CHANGE_SEGMENTS") ? (
        <InlineEdit
          label={t("segments.rename", { name: segment.name })}
          value={segment.name}
          maxLength={FIELDS.name.maxLength}
          begin={segment.status === "ACTIVE" ? begin : null}
        >
          <Name segment={segment} search={search} />
        </InlineEdit>
      ) : (
        <Name segment={segment} search={search} />
      )}
      {found && (
        <Text size="xs" c="dimmed" lineClamp={2} dir="auto">
          <Highlighted text={found} search={search} />
        </Text>
      )}
    </>
  );
}

function Name({ segment, search }: Props) {
  return (
    <Group gap="xs">
      <Anchor component={Link} href={`/segments/${segment.id}`} dir="auto">
        <Highlighted text={segment.name} search={search} />
      </Anchor>
      <Badges segment={segment} />
    </Group>
  );
}
