/** Which command somebody is about to take back, from wherever on the page they were offered it. */
import { Store } from "~/graph/store";

/** The commandId; null while nothing is asked. */
export const undoing = new Store<string | null>(null);
