import { AwaitedDialog } from "~/components/loading/Awaited";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { useStore } from "~/graph/store";
import { undoing } from "./undoing";

const UndoDialog = lazyComponent(async () => ({
  default: (await import("./UndoDialog")).UndoDialog,
}));

/** Renders the undo dialog for the pending undo, if any. */
export function Undoing() {
  const command = useStore(undoing);
  if (!command) return null;
  const close = () => undoing.set(null);
  return (
    <AwaitedDialog key={command} close={close}>
      <UndoDialog command={command} close={close} />
    </AwaitedDialog>
  );
}
