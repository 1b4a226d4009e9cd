/** Two edits of one field: both are shown, and for each field one of them is chosen. */
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Conflict, Field, Theirs } from "~/hooks/concurrentEdits";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import type { SegmentFields } from "~/segments/edit/SegmentForm";
import classes from "./ConflictDialog.module.css";
import { Dialog } from "./Dialog";

interface Props {
  readonly conflict: Conflict;
  readonly mine: SegmentFields;
  /** The fields that are to be chosen. */
  readonly fields: readonly Field[];
  readonly choose: (keptMine: readonly Field[]) => void;
  readonly close: () => void;
}

type Side = "mine" | "theirs";

export default function ConflictDialog({ conflict, mine, fields, choose, close }: Props) {
  const t = useText();
  const [sides, setSides] = useState<Partial<Record<Field, Side>>>({});
  return (
    <Dialog
      size="lg"
      dirty={Object.keys(sides).length > 0}
      close={close}
      title={t("segments.conflict")}
    >
      <Stack>
        <Text>{t("segments.conflict.how")}</Text>
        {fields.map((field, place) => (
          <Choice
            key={field}
            first={place === 0}
            field={field}
            mine={mine[field]}
            theirs={conflict.theirs[field] as Theirs}
            side={sides[field] ?? null}
            choose={(side) => setSides((known) => ({ ...known, [field]: side }))}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("segments.conflict.back")}
          </Button>
          <Button
            disabled={fields.some((field) => !sides[field])}
            onClick={() => choose(fields.filter((field) => sides[field] === "mine"))}
          >
            {t("segments.conflict.save")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly first: boolean;
  readonly field: Field;
  readonly mine: string | boolean;
  readonly theirs: Theirs;
  readonly side: Side | null;
  readonly choose: (side: Side) => void;
}

function Choice({ first, field, mine, theirs, side, choose }: ChoiceProps) {
  const t = useText();
  return (
    <Radio.Group
      label={t(`segments.${field}`)}
      value={side}
      onChange={(value) => choose(value as Side)}
    >
      <Stack gap="xs" mt="xs">
        <Radio
          value="theirs"
          data-autofocus={first || undefined}
          label={<Value value={theirs.value} />}
          description={
            <>
              {t("segments.conflict.theirs", { name: theirs.by })} (<When at={theirs.at} />)
            </>
          }
        />
        <Radio
          value="mine"
          label={<Value value={mine} />}
          description={t("segments.conflict.mine")}
        />
      </Stack>
    </Radio.Group>
  );
}

function Value({ value }: { value: string | boolean }) {
  const t = useText();
  if (typeof value === "boolean") return t(value ? "segments.visible" : "segments.hidden");
  if (value === "") return <i>{t("segments.empty")}</i>;
  return (
    <span className={classes.text} dir="auto">
      {value}
    </span>
  );
}
