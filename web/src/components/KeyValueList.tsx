/** What is known of something, by name. */
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import classes from "./KeyValueList.module.css";

export type Fact = readonly [name: MessageId, value: string];

/** Those that are known. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const t = useText();
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
