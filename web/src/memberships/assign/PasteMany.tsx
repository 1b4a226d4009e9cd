/** Adding or removing many users by a pasted list. */

import { Button, Group, NativeSelect, Stack, Text, Textarea, Title } from "@mantine/core";
import { useDeferredValue, useId, useMemo, useState } from "react";
import { ProblemAlert } from "~/components/ProblemAlert";
import type { Refusal } from "~/graph/useCommand";
import { useUnsaved } from "~/hooks/unsaved";
import { useAction } from "~/hooks/useAction";
import { useText } from "~/intl/useText";
import { type Segment, takesMembers } from "~/memberships/segment";
import { type Direction, useRoster } from "~/memberships/useRoster";
import {
  entriesIn,
  MAX_PASTED,
  type Mistaken,
  mistakenIn,
  namedBy,
  WAYS,
  type Way,
  without,
} from "./entries";
import { MistakenEntries } from "./MistakenEntries";

const NONE: readonly Mistaken[] = [];

export function PasteMany({ segment }: { segment: Segment }) {
  const t = useText();
  const title = useId();
  const [way, setWay] = useState<Way>("usernames");
  const [pasted, setPasted] = useState("");
  const [mistaken, setMistaken] = useState(NONE);
  const counted = useDeferredValue(pasted);
  const entries = useMemo(() => entriesIn(counted), [counted]);
  const { change, tell } = useRoster(segment);
  const { sending, problem, send } = useAction();
  useUnsaved(pasted !== "");

  const paste = (text: string) => {
    setPasted(text);
    setMistaken(NONE);
  };
  const refused = (sent: readonly string[]) => (errors: readonly Refusal[]) => {
    const found = mistakenIn(sent, errors);
    setMistaken(found);
    return found.length > 0 ? [] : errors;
  };
  const move = (direction: Direction) => {
    const sent = entriesIn(pasted);
    setMistaken(NONE);
    return send(
      () => change(direction, namedBy(way, sent), null),
      (counts) => {
        tell(direction, counts);
        setPasted((typed) => (typed === pasted ? "" : typed)); // one may have typed on
      },
      refused(sent),
    );
  };
  const tooMany = entries.length > MAX_PASTED;
  const takes = takesMembers(segment);
  const sendable = takes && entries.length > 0 && !tooMany;
  return (
    <Stack component="section" aria-labelledby={title} gap="sm" maw={640}>
      <Title order={2} size="h4" id={title}>
        {t("memberships.paste")}
      </Title>
      <NativeSelect
        label={t("memberships.paste.way")}
        value={way}
        onChange={(event) => {
          setWay(event.currentTarget.value as Way);
          setMistaken(NONE);
        }}
        data={WAYS.map((value) => ({ value, label: t(`memberships.way.${value}`) }))}
      />
      <Textarea
        label={t("memberships.paste.entries")}
        description={t("memberships.paste.how", { most: MAX_PASTED })}
        rows={8}
        value={pasted}
        dir="ltr" // auto takes a browser minutes for a hundred thousand lines
        spellCheck={false}
        error={
          tooMany && t("memberships.paste.too-many", { most: MAX_PASTED, count: entries.length })
        }
        onChange={(event) => paste(event.currentTarget.value)}
      />
      <ProblemAlert problem={problem} />
      {mistaken.length > 0 && (
        <MistakenEntries
          mistaken={mistaken}
          drop={() => paste(without(entriesIn(pasted), mistaken))}
        />
      )}
      {!takes && (
        <Text size="sm" c="dimmed">
          {t("memberships.archived")}
        </Text>
      )}
      <Group>
        <Button disabled={!sendable} loading={sending} onClick={() => void move("add")}>
          {t("memberships.paste.add", { count: entries.length })}
        </Button>
        <Button
          variant="default"
          disabled={!sendable}
          loading={sending}
          onClick={() => void move("remove")}
        >
          {t("memberships.paste.remove", { count: entries.length })}
        </Button>
      </Group>
    </Stack>
  );
}
