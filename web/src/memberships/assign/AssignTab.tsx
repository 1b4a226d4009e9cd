/** Assign users: members beside non-members, and a field to paste many. */

import { Button, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { ProblemAlert } from "~/components/ProblemAlert";
import { useUnsaved } from "~/hooks/unsaved";
import { useAction } from "~/hooks/useAction";
import { useText } from "~/intl/useText";
import { Archived } from "~/memberships/Archived";
import { type Segment, takesMembers } from "~/memberships/segment";
import { NOBODY_SELECTED, type Selection } from "~/memberships/selection";
import { type Direction, useRoster } from "~/memberships/useRoster";
import { NoAccessNote } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { PasteMany } from "./PasteMany";
import { PeoplePane } from "./PeoplePane";

export default function AssignTab({ segment }: { segment: Segment }) {
  const may = useMay();
  if (!may("CHANGE_MEMBERS")) return <NoAccessNote needs="CHANGE_MEMBERS" />;
  return <Assigning segment={segment} />;
}

/** When the segment is archived meanwhile, what was typed and chosen stays until it is restored. */
function Assigning({ segment }: { segment: Segment }) {
  const takes = takesMembers(segment);
  const began = useRef(takes);
  if (takes) began.current = true;
  if (!began.current) return <Archived />;
  return (
    <Stack gap="xl" pb={96}>
      <TwoPanes segment={segment} />
      <PasteMany segment={segment} />
    </Stack>
  );
}

function TwoPanes({ segment }: { segment: Segment }) {
  const t = useText();
  const [inside, setInside] = useState<Selection>(NOBODY_SELECTED);
  const [outside, setOutside] = useState<Selection>(NOBODY_SELECTED);
  const [reason, setReason] = useState("");
  const { change, tell } = useRoster(segment);
  const { sending, problem, send } = useAction();
  const takes = takesMembers(segment);
  useUnsaved(reason !== "");

  const move = (direction: Direction, people: Selection, clear: (none: Selection) => void) =>
    send(
      () => change(direction, { ids: [...people.keys()] }, reason.trim() || null),
      (counts) => {
        tell(direction, counts);
        clear(NOBODY_SELECTED);
        setReason((typed) => (typed === reason ? "" : typed)); // one may have typed on
      },
    );
  return (
    <Stack gap="sm">
      {!takes && <Archived />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <PeoplePane
          label={t("memberships.inside")}
          empty={t("memberships.none")}
          filter={{ inSegment: segment.id }}
          chosen={inside}
          choose={setInside}
        >
          <Button
            variant="default"
            disabled={!takes || inside.size === 0}
            loading={sending}
            onClick={() => void move("remove", inside, setInside)}
          >
            {t("memberships.remove")}
          </Button>
        </PeoplePane>
        <PeoplePane
          label={t("memberships.outside")}
          empty={t("memberships.all-in")}
          filter={{ notInSegment: segment.id }}
          chosen={outside}
          choose={setOutside}
        >
          <Button
            disabled={!takes || outside.size === 0}
            loading={sending}
            onClick={() => void move("add", outside, setOutside)}
          >
            {t("memberships.add")}
          </Button>
        </PeoplePane>
      </SimpleGrid>
      <TextInput
        label={t("common.reason")}
        description={t("common.reason.why")}
        maxLength={1000}
        maw={640}
        dir="auto"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProblemAlert problem={problem} />
    </Stack>
  );
}
