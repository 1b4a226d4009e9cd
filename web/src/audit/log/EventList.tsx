/** Recorded facts as sentences, each with what was recorded behind it. */

import { FactEntry } from "./EventEntry";
import classes from "./EventList.module.css";
import type { Fact } from "./event";

interface Props {
  readonly label: string;
  readonly facts: readonly Fact[];
}

export function FactList({ label, facts }: Props) {
  return (
    <ol className={classes.list} aria-label={label}>
      {facts.map((fact) => (
        <FactEntry key={fact.id} fact={fact} />
      ))}
    </ol>
  );
}
