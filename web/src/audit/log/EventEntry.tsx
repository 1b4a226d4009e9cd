import { Group, Text, UnstyledButton } from "@mantine/core";
import { useId, useState } from "react";
import { useChannel } from "~/audit/useChannel";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import { FactDetails } from "./EventDetails";
import classes from "./EventList.module.css";
import type { Fact } from "./event";

/** Who did what, when, why and by which way; behind it what was recorded. */
export function FactEntry({ fact }: { fact: Fact }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const channel = useChannel();
  const id = useId();
  return (
    <li className={classes.fact}>
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
            <bdi>{fact.summary}</bdi>
          </Text>
          <Group component="span" gap={6} c="dimmed" fz="sm">
            <When at={fact.recordedAt} />
            <span>· {channel(fact.channel)}</span>
            {fact.segment && (
              <span>
                · <bdi>{fact.segment.name}</bdi>
              </span>
            )}
            {fact.reason && (
              <span>
                · <bdi>{t("audit.because", { reason: fact.reason })}</bdi>
              </span>
            )}
          </Group>
        </span>
      </UnstyledButton>
      {open && (
        <section id={id} className={classes.more} aria-label={fact.summary}>
          <FactDetails fact={fact} />
        </section>
      )}
    </li>
  );
}
