/** The members of a segment, and removing them. */
import { Box, Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { SearchField } from "~/components/table/SearchField";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { Archived } from "~/memberships/Archived";
import { SelectionBar } from "~/memberships/SelectionBar";
import { type Segment, takesMembers } from "~/memberships/segment";
import { NOBODY_SELECTED, type Selection, toggled } from "~/memberships/selection";
import { useMay } from "~/session/Viewer";
import { MemberList } from "./MemberList";
import { RemoveDialog } from "./RemoveDialog";

export default function MembersTab({ segment }: { segment: Segment }) {
  const t = useText();
  const may = useMay();
  const url = useUrl();
  const [chosen, setChosen] = useState<Selection>(NOBODY_SELECTED);
  const [leaving, setLeaving] = useState<Selection>(NOBODY_SELECTED);
  const mayChange = may("CHANGE_MEMBERS");
  const changes = mayChange && takesMembers(segment);
  return (
    <Stack gap="sm">
      {mayChange && !changes && <Archived />}
      {may("SEE_ALL_USERS") && (
        <Group>
          <Box flex={1}>
            <SearchField url={url} label={t("memberships.search")} />
          </Box>
          {changes && (
            <Button component={Link} href={`/segments/${segment.id}/assign`}>
              {t("memberships.assign")}
            </Button>
          )}
        </Group>
      )}
      {chosen.size > 0 && (
        <SelectionBar count={chosen.size} clear={() => setChosen(NOBODY_SELECTED)}>
          <Button size="xs" variant="default" onClick={() => setLeaving(chosen)}>
            {t("memberships.remove")}
          </Button>
        </SelectionBar>
      )}
      <MemberList
        segmentId={segment.id}
        search={url.get("search")}
        {...(changes && {
          choosing: {
            chosen,
            toggle: (person) => setChosen(toggled(chosen, person)),
            remove: (person) => setLeaving(toggled(NOBODY_SELECTED, person)),
          },
        })}
      />
      {leaving.size > 0 && (
        <RemoveDialog
          segment={segment}
          leaving={leaving}
          done={() => {
            setLeaving(NOBODY_SELECTED);
            setChosen(NOBODY_SELECTED);
          }}
          close={() => setLeaving(NOBODY_SELECTED)}
        />
      )}
    </Stack>
  );
}
