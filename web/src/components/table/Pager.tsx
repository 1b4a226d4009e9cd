import { after, before, type Paged, PagerBar } from "./PagerBar";

/** Of a list that begins at its beginning. */
export function Pager(connection: Paged) {
  return (
    <PagerBar
      {...connection}
      steps={[
        { name: "parts.previous", to: before(connection) },
        { name: "parts.next", to: after(connection) },
      ]}
    />
  );
}
