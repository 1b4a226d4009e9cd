/** Search matches within a text, ignoring case and accents as the service does. */

export interface Piece {
  readonly text: string;
  readonly matches: boolean;
}

/** The text in pieces, those that match marked; together they are the text. */
export function piecesOf(text: string, search: string): Piece[] {
  const wanted = folded(search.trim());
  const characters = [...text];
  const folds = characters.map(folded);
  if (!wanted) return [{ text, matches: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < characters.length; ) {
    const length = lengthOfMatch(folds, at, wanted);
    if (length === 0) at += 1;
    else {
      push(pieces, characters.slice(from, at), false);
      push(pieces, characters.slice(at, at + length), true);
      at += length;
      from = at;
    }
  }
  push(pieces, characters.slice(from), false);
  return pieces;
}

/** What stands around the first match; null when nothing matches. */
export function excerptOf(text: string, search: string, around = 40): string | null {
  const pieces = piecesOf(text, search);
  const first = pieces.findIndex(({ matches }) => matches);
  if (first < 0) return null;
  const before = first > 0 ? [...(pieces[0]?.text ?? "")] : [];
  const cut = before.length > around;
  return (cut ? "…" : "") + text.slice(cut ? before.slice(0, -around).join("").length : 0);
}

/** How many characters from there make up the wanted text; 0 when they do not. */
function lengthOfMatch(folds: readonly string[], at: number, wanted: string): number {
  if (!folds[at]) return 0;
  let found = "";
  for (let length = 1; at + length <= folds.length; length += 1) {
    found += folds[at + length - 1];
    if (found === wanted) return length + accentsAfter(folds, at + length);
    if (!wanted.startsWith(found)) return 0;
  }
  return 0;
}

function accentsAfter(folds: readonly string[], at: number): number {
  const next = folds.slice(at).findIndex((fold) => fold !== "");
  return next < 0 ? folds.length - at : next;
}

function push(pieces: Piece[], characters: readonly string[], matches: boolean): void {
  if (characters.length > 0) pieces.push({ text: characters.join(""), matches });
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
