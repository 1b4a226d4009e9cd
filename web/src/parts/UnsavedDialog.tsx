/** Asks before what was typed is lost. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "~/graph/store";
import { useText } from "~/intl/useText";
import { asked } from "./unsaved";

export function UnsavedDialog() {
  const t = useText();
  const act = useStore(asked);
  useEffect(() => keep, []);

  function discard(): void {
    keep();
    act?.();
  }

  return (
    <Modal opened={act !== null} onClose={keep} title={t("parts.unsaved")}>
      <Text mb="md">{t("parts.unsaved.why")}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={discard} c="var(--mantine-color-error)">
          {t("parts.unsaved.discard")}
        </Button>
        <Button data-autofocus onClick={keep}>
          {t("parts.unsaved.keep")}
        </Button>
      </Group>
    </Modal>
  );
}

function keep(): void {
  asked.set(null);
}
