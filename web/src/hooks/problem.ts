/** Why a command was not carried out, as a sentence. */

import type { Outcome, Payload } from "~/graph/useCommand";
import { messageOf } from "~/intl/errorMessage";
import type { Text } from "~/intl/useText";

/** null when it was carried out. */
export function problemOf(outcome: Outcome<Payload>, t: Text): string | null {
  if (outcome.kind === "done") return null;
  if (outcome.kind === "failed") return t(messageOf(outcome.error));
  return outcome.errors.map(({ message }) => message).join(" ");
}
