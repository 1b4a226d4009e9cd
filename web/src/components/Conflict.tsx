/** Somebody changed this meanwhile: both versions, and a way on that loses neither. */
import { Alert, Button, Group, Stack, Table, Text } from "@mantine/core";
import { useText } from "~/intl/useText";

export interface Difference {
  readonly field: string;
  readonly theirs: string;
  readonly mine: string;
}

interface Props {
  readonly differences: readonly Difference[];
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

export function Conflict({ differences, keepMine, takeTheirs }: Props) {
  const t = useText();
  if (differences.length === 0) return null;
  return (
    <Alert color="yellow" role="alert" title={t("parts.conflict")}>
      <Stack gap="sm">
        <Text size="sm">{t("parts.conflict.why")}</Text>
        <Table aria-label={t("parts.conflict")} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("parts.conflict.field")}</Table.Th>
              <Table.Th>{t("parts.conflict.theirs")}</Table.Th>
              <Table.Th>{t("parts.conflict.mine")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ field, theirs, mine }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">{field}</Table.Th>
                <Table.Td dir="auto">{theirs}</Table.Td>
                <Table.Td dir="auto">{mine}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group>
          <Button size="xs" variant="default" onClick={keepMine}>
            {t("parts.conflict.keep")}
          </Button>
          <Button size="xs" variant="default" onClick={takeTheirs}>
            {t("parts.conflict.take")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
