/** After a VERSION_CONFLICT what is shown is asked for again: the form then tells what differs. */
import type { Outcome, Payload } from "~/graph/useCommand";

export function useSeeingConflicts<P extends Payload, Input>(
  command: (input: Input) => Promise<Outcome<P>>,
  again: () => void,
): (input: Input) => Promise<Outcome<P>> {
  return async (input) => {
    const outcome = await command(input);
    if (outcome.kind === "refused" && outcome.errors.some(isConflict)) again();
    return outcome;
  };
}

function isConflict({ code }: { code: string }): boolean {
  return code === "VERSION_CONFLICT";
}
