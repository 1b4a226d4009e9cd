/** Who is in a segment, since when and by whom; and taking them out. */
import { Box, Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { useText } from "~/intl/useText";
import { SearchField } from "~/parts/SearchField";
import { useUrl } from "~/parts/useUrl";
import { useMay } from "~/session/Viewer";
import { Archived } from "./Archived";
import { ChosenBar } from "./ChosenBar";
import { type Chosen, NOBODY, toggled } from "./chosen";
import { MemberList } from "./MemberList";
import { RemoveDialog } from "./RemoveDialog";
import { type Segment, takesMembers } from "./segment";

export default function MembersTab({ segment }: { segment: Segment }) {
  const t = useText();
  const may = useMay();
  const url = useUrl();
  const [chosen, setChosen] = useState<Chosen>(NOBODY);
  const [leaving, setLeaving] = useState<Chosen>(NOBODY);
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
        <ChosenBar count={chosen.size} clear={() => setChosen(NOBODY)}>
          <Button size="xs" variant="default" onClick={() => setLeaving(chosen)}>
            {t("memberships.remove")}
          </Button>
        </ChosenBar>
      )}
      <MemberList
        segmentId={segment.id}
        search={url.get("search")}
        {...(changes && {
          choosing: {
            chosen,
            toggle: (person) => setChosen(toggled(chosen, person)),
            remove: (person) => setLeaving(toggled(NOBODY, person)),
          },
        })}
      />
      {leaving.size > 0 && (
        <RemoveDialog
          segment={segment}
          leaving={leaving}
          done={() => {
            setLeaving(NOBODY);
            setChosen(NOBODY);
          }}
          close={() => setLeaving(NOBODY)}
        />
      )}
    </Stack>
  );
}
