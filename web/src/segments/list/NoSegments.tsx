import { Button, Stack, Text } from "@mantine/core";
import { FROM_THE_START } from "~/components/table/paging";
import type { Url } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { FILTERS } from "./listVariables";

const NARROWING = ["search", ...FILTERS];

/** The empty list: no segments, or none that match. */
export function NoSegments({ url }: { url: Url }) {
  const t = useText();
  if (NARROWING.every((name) => !url.get(name))) return <Text>{t("segments.none")}</Text>;
  const nothing = Object.fromEntries(NARROWING.map((name) => [name, null]));
  return (
    <Stack align="flex-start" gap="xs">
      <Text>{t("segments.none-found")}</Text>
      <Button
        variant="default"
        size="xs"
        onClick={() => url.set({ ...nothing, ...FROM_THE_START })}
      >
        {t("segments.show-all")}
      </Button>
    </Stack>
  );
}
