/** The message id for an error of the service. */
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

/** Whether nothing exists at the address; an invalid id counts as not found. */
export function isNotFound(error: CombinedError | undefined): boolean {
  const message = error && messageOf(error);
  return message === "common.failure.invalid" || message === "common.failure.not-found";
}
