/** An alert for a failed read, with a retry where that may help. */
import { Alert, Button, Code, Group } from "@mantine/core";
import type { CombinedError } from "urql";
import { WrongAddress } from "~/components/page/WrongAddress";
import { messageOf } from "~/intl/errorMessage";
import { useText } from "~/intl/useText";

export function Failure({ error, again }: { error: CombinedError; again: () => void }) {
  const t = useText();
  const name = messageOf(error);
  const requestId = error.graphQLErrors[0]?.extensions.requestId;
  if (name === "common.failure.invalid") return <WrongAddress error={error} />;
  if (name === "common.failure.not-found") return <Alert role="alert" title={t(name)} />;
  return (
    <Alert color="red" role="alert" title={t(name)}>
      <Group>
        <Button variant="default" size="xs" onClick={again}>
          {t("common.again")}
        </Button>
        {typeof requestId === "string" && <Code>{requestId}</Code>}
      </Group>
    </Alert>
  );
}
