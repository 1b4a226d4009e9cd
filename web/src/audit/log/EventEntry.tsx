import { Group, Text, UnstyledButton } from "@mantine/core";
import { useId, useState } from "react";
import { useChannel } from "~/audit/useChannel";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import { EventDetails } from "./EventDetails";
import classes from "./EventList.module.css";
import type { RecordedEvent } from "./event";

/** A summary line of an event, which expands to its details. */
export function EventEntry({ event }: { event: RecordedEvent }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const channel = useChannel();
  const id = useId();
  return (
    <li className={classes.entry}>
      <UnstyledButton
        className={classes.summary}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className={classes.sign} aria-hidden>
          ›
        </span>
        <span>
          <Text span display="block">
            <bdi>{event.summary}</bdi>
          </Text>
          <Group component="span" gap={6} c="dimmed" fz="sm">
            <When at={event.recordedAt} />
            <span>· {channel(event.channel)}</span>
            {event.segment && (
              <span>
                · <bdi>{event.segment.name}</bdi>
              </span>
            )}
            {event.reason && (
              <span>
                · <bdi>{t("audit.because", { reason: event.reason })}</bdi>
              </span>
            )}
          </Group>
        </span>
      </UnstyledButton>
      {open && (
        <section id={id} className={classes.more} aria-label={event.summary}>
          <EventDetails event={event} />
        </section>
      )}
    </li>
  );
}
