/** What an error of the service is called in the message catalogues. */
import type { CombinedError } from "urql";
import type { MessageId } from "./locale";

const MESSAGES: Record<string, MessageId> = {
  FORBIDDEN: "parts.failure.forbidden",
  INVALID: "parts.failure.invalid",
  LIMIT: "parts.failure.limit",
  NOT_FOUND: "parts.failure.not-found",
  READ_MODEL_BEHIND: "parts.failure.behind",
  UNAVAILABLE: "parts.failure.unavailable",
};

export function messageOf(error: CombinedError): MessageId {
  if (error.networkError && !error.response) return "parts.failure.offline";
  const code = error.graphQLErrors[0]?.extensions.code;
  return MESSAGES[String(code)] ?? "parts.failure.unknown";
}

/** Whether there is nothing at the address; what is not an id names nothing, either. */
export function isNotFound(error: CombinedError | undefined): boolean {
  const message = error && messageOf(error);
  return message === "parts.failure.invalid" || message === "parts.failure.not-found";
}
