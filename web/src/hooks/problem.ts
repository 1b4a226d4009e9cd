/** Why a command came to nothing, as a sentence. */

import { nameOf } from "~/components/loading/Failure";
import type { Outcome, Payload } from "~/graph/useCommand";
import type { Text } from "~/intl/useText";

/** null when it was done. */
export function problemOf(outcome: Outcome<Payload>, t: Text): string | null {
  if (outcome.kind === "done") return null;
  if (outcome.kind === "failed") return t(nameOf(outcome.error));
  return outcome.errors.map(({ message }) => message).join(" ");
}
