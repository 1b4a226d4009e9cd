/**
 * Whether the service can be reached. `returns` counts recoveries, on which failed reads are
 * retried.
 */
import { Store } from "~/graph/store";

export interface Connection {
  readonly online: boolean;
  readonly returns: number;
}

export const connection = new Store<Connection>({ online: true, returns: 0 });

export function lost(): void {
  const { online, returns } = connection.value;
  if (online) connection.set({ online: false, returns });
}

export function back(): void {
  const { online, returns } = connection.value;
  if (!online) connection.set({ online: true, returns: returns + 1 });
}
