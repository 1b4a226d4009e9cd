import { Code, Group, Text } from "@mantine/core";
import { useText } from "~/intl/useText";

/** Unknown columns, which are ignored: possibly misspelt. */
export function IgnoredColumns({ names }: { names: readonly string[] }) {
  const t = useText();
  if (names.length === 0) return null;
  return (
    <Group gap="xs">
      <Text size="sm">{t("uploads.ignored", { count: names.length })}</Text>
      {names.map((name) => (
        <Code key={name} dir="auto">
          {name}
        </Code>
      ))}
    </Group>
  );
}
