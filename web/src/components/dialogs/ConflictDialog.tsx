/** Two edits of the same fields: both values are shown, and for each field one is chosen. */
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import classes from "./ConflictDialog.module.css";
import { Dialog } from "./Dialog";

/** A field that both changed; a value that is empty is shown as none. */
export interface FieldConflict {
  readonly field: string;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
  /** Who saved theirs, and when. */
  readonly by: string;
  readonly at: string;
}

interface Props {
  readonly fields: readonly FieldConflict[];
  readonly choose: (keptMine: readonly string[]) => void;
  readonly close: () => void;
}

type Side = "mine" | "theirs";

export default function ConflictDialog({ fields, choose, close }: Props) {
  const t = useText();
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const names = fields.map(({ field }) => field);
  return (
    <Dialog
      size="lg"
      dirty={Object.keys(sides).length > 0}
      close={close}
      title={t("common.conflict")}
    >
      <Stack>
        <Text>{t("common.conflict.how")}</Text>
        {fields.map((conflict, place) => (
          <Choice
            key={conflict.field}
            {...conflict}
            first={place === 0}
            side={sides[conflict.field] ?? null}
            choose={(side) => setSides((known) => ({ ...known, [conflict.field]: side }))}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("common.conflict.back")}
          </Button>
          <Button
            disabled={names.some((name) => !sides[name])}
            onClick={() => choose(names.filter((name) => sides[name] === "mine"))}
          >
            {t("common.conflict.save")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface ChoiceProps extends FieldConflict {
  readonly first: boolean;
  readonly side: Side | null;
  readonly choose: (side: Side) => void;
}

function Choice({ first, label, mine, theirs, by, at, side, choose }: ChoiceProps) {
  const t = useText();
  return (
    <Radio.Group label={label} value={side} onChange={(value) => choose(value as Side)}>
      <Stack gap="xs" mt="xs">
        <Radio
          value="theirs"
          data-autofocus={first || undefined}
          label={<Value text={theirs} />}
          description={
            <>
              {t("common.conflict.theirs", { name: by })} (<When at={at} />)
            </>
          }
        />
        <Radio value="mine" label={<Value text={mine} />} description={t("common.conflict.mine")} />
      </Stack>
    </Radio.Group>
  );
}

function Value({ text }: { text: string }) {
  const t = useText();
  if (text === "") return <i>{t("common.conflict.empty")}</i>;
  return (
    <span className={classes.text} dir="auto">
      {text}
    </span>
  );
}
