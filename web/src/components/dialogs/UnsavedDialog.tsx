/** Asks before what was typed is lost. */
import { Button, Group, Text } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "~/graph/store";
import { asked } from "~/hooks/unsaved";
import { useText } from "~/intl/useText";
import { Dialog } from "./Dialog";

export function UnsavedDialog() {
  const act = useStore(asked);
  useEffect(() => keep, []);
  return act && <Question act={act} />;
}

function Question({ act }: { act: () => void }) {
  const t = useText();

  function discard(): void {
    keep();
    act();
  }

  return (
    <Dialog dirty={false} close={keep} title={t("common.unsaved")}>
      <Text mb="md">{t("common.unsaved.why")}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={discard} c="var(--mantine-color-error)">
          {t("common.unsaved.discard")}
        </Button>
        <Button data-autofocus onClick={keep}>
          {t("common.unsaved.keep")}
        </Button>
      </Group>
    </Dialog>
  );
}

function keep(): void {
  asked.set(null);
}
