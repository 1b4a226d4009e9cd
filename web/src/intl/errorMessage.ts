/** What an error of the service is called in the message catalogues. */
import type { CombinedError } from "urql";
import type { MessageId } from "./locale";

const MESSAGES: Record<string, MessageId> = {
  FORBIDDEN: "common.failure.forbidden",
  INVALID: "common.failure.invalid",
  LIMIT: "common.failure.limit",
  NOT_FOUND: "common.failure.not-found",
  READ_MODEL_BEHIND: "common.failure.behind",
  UNAVAILABLE: "common.failure.unavailable",
};

export function messageOf(error: CombinedError): MessageId {
  if (error.networkError && !error.response) return "common.failure.offline";
  const code = error.graphQLErrors[0]?.extensions.code;
  return MESSAGES[String(code)] ?? "common.failure.unknown";
}

/** Whether there is nothing at the address; what is not an id names nothing, either. */
export function isNotFound(error: CombinedError | undefined): boolean {
  const message = error && messageOf(error);
  return message === "common.failure.invalid" || message === "common.failure.not-found";
}
