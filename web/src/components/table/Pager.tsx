import { after, before, type Paged, PagerBar } from "./PagerBar";

/** Of a list that begins at its beginning. */
export function Pager(connection: Paged) {
  return (
    <PagerBar
      {...connection}
      steps={[
        { name: "common.previous", to: before(connection) },
        { name: "common.next", to: after(connection) },
      ]}
    />
  );
}
