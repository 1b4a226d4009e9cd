/** A list of events, each expandable. */

import { EventEntry } from "./EventEntry";
import classes from "./EventList.module.css";
import type { RecordedEvent } from "./event";

interface Props {
  readonly label: string;
  readonly events: readonly RecordedEvent[];
}

export function EventList({ label, events }: Props) {
  return (
    <ol className={classes.list} aria-label={label}>
      {events.map((event) => (
        <EventEntry key={event.id} event={event} />
      ))}
    </ol>
  );
}
