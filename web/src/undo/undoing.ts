/** The command whose undo dialog is open. */
import { Store } from "~/graph/store";
import { leaving } from "~/hooks/unsaved";

/** The commandId; null while nothing is asked. */
export const undoing = new Store<string | null>(null);

/** Asks whether a command is to be taken back; what was typed about another one is not lost unsaid. */
export function offer(command: string | null): void {
  if (undoing.value === null || undoing.value === command) undoing.set(command);
  else leaving(() => undoing.set(command));
}
