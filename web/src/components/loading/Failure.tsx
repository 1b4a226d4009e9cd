/** What could not be shown, why, and a way on: trying again, where that may change something. */
import { Alert, Button, Code, Group } from "@mantine/core";
import type { CombinedError } from "urql";
import { WrongAddress } from "~/components/page/WrongAddress";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";

const KNOWN: Record<string, MessageId> = {
  FORBIDDEN: "parts.failure.forbidden",
  INVALID: "parts.failure.invalid",
  LIMIT: "parts.failure.limit",
  NOT_FOUND: "parts.failure.not-found",
  READ_MODEL_BEHIND: "parts.failure.behind",
  UNAVAILABLE: "parts.failure.unavailable",
};

/** What an error is called in the catalogues. */
export function nameOf(error: CombinedError): MessageId {
  if (error.networkError && !error.response) return "parts.failure.offline";
  const code = error.graphQLErrors[0]?.extensions.code;
  return KNOWN[String(code)] ?? "parts.failure.unknown";
}

/** Whether there is nothing at the address: what is no id names nothing, either. */
export function isNothing(error: CombinedError | undefined): boolean {
  const name = error && nameOf(error);
  return name === "parts.failure.invalid" || name === "parts.failure.not-found";
}

export function Failure({ error, again }: { error: CombinedError; again: () => void }) {
  const t = useText();
  const name = nameOf(error);
  const requestId = error.graphQLErrors[0]?.extensions.requestId;
  if (name === "parts.failure.invalid") return <WrongAddress error={error} />;
  if (name === "parts.failure.not-found") return <Alert role="alert" title={t(name)} />;
  return (
    <Alert color="red" role="alert" title={t(name)}>
      <Group>
        <Button variant="default" size="xs" onClick={again}>
          {t("parts.again")}
        </Button>
        {typeof requestId === "string" && <Code>{requestId}</Code>}
      </Group>
    </Alert>
  );
}
