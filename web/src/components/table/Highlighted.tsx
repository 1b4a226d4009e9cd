import { Mark } from "@mantine/core";
import { piecesOf } from "./matches";

/** A text with the search matches marked. */
export function Highlighted({ text, search }: { text: string; search: string | null }) {
  if (!search) return text;
  return piecesOf(text, search).map(({ text, matches }, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have nothing but their place
    matches ? <Mark key={place}>{text}</Mark> : <span key={place}>{text}</span>,
  );
}
