import { useEffect, useRef, useState } from "react";

/**
 * Takes a file that is dropped anywhere on the page. Beside a zone the browser would leave the page
 * and show the file instead.
 *
 * Returns whether one is being held over the page.
 */
export function useDrop(take: (file: File) => void, busy: boolean): boolean {
  const [over, setOver] = useState(false);
  const taking = useRef(take);
  taking.current = take;
  useEffect(() => {
    const hold = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = busy ? "none" : "copy";
      setOver(!busy);
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      setOver(false);
      if (!busy) taking.current(file);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const heard = { dragover: hold, drop, dragleave: leave };
    for (const [name, react] of Object.entries(heard))
      window.addEventListener(name, react as EventListener);
    return () => {
      for (const [name, react] of Object.entries(heard))
        window.removeEventListener(name, react as EventListener);
    };
  }, [busy]);
  return over;
}
