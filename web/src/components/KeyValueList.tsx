/** Names with their values. */
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import classes from "./KeyValueList.module.css";

export type KeyValue = readonly [name: MessageId, value: string];

/** Rows without a value are left out. */
export function KeyValueList({ rows }: { rows: readonly KeyValue[] }) {
  const t = useText();
  return (
    <dl className={classes.list}>
      {rows
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
