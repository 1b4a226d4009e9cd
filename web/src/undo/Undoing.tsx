import { lazy, Suspense } from "react";
import { useStore } from "~/graph/store";
import { undoing } from "./undoing";

const UndoDialog = lazy(async () => ({ default: (await import("./UndoDialog")).UndoDialog }));

/** The dialog of what somebody was offered to take back: once on the page, loaded when asked for. */
export function Undoing() {
  const command = useStore(undoing);
  if (!command) return null;
  return (
    <Suspense>
      <UndoDialog key={command} command={command} close={() => undoing.set(null)} />
    </Suspense>
  );
}
