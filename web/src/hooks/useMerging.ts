/** A form on something that others may change meanwhile: what one typed is never lost. */
import type { UseFormReturnType } from "@mantine/form";
import { useEffect, useState } from "react";
import { changesIn, merged } from "./merging";

export interface Merging<Fields> {
  /** The version that the form knows of: the expectedVersion of what it sends. */
  readonly version: number;
  /** The fields that somebody else has changed meanwhile, while one has typed something else. */
  readonly conflicts: readonly (keyof Fields)[];
  /** The fields that one has changed. */
  readonly changes: (typed: Fields) => Partial<Fields>;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  /** What is there now that the form has been sent; what was typed since it was stays. */
  readonly saved: (version: number, values: Fields, sent: Fields) => void;
}

/** Fields that only others have changed follow them by themselves. */
export function useMerging<Fields extends object>(
  form: UseFormReturnType<Fields>,
  version: number,
  current: Fields,
): Merging<Fields> {
  const [base, setBase] = useState({ version, values: current });
  const moved = version > base.version;
  const { values, conflicts } = merged(base.values, form.values, moved ? current : base.values);

  const settle = (at: number, known: Fields, typed: Fields) => {
    setBase({ version: at, values: known });
    form.resetDirty(known);
    form.setValues(typed);
  };
  const follows = moved && conflicts.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each version
  useEffect(() => {
    if (follows) settle(version, current, values);
  }, [follows, version]);
  return {
    version: base.version,
    conflicts,
    changes: (typed) => changesIn(base.values, typed),
    keepMine: () => settle(version, current, values),
    takeTheirs: () => {
      const theirs = Object.fromEntries(conflicts.map((field) => [field, current[field]]));
      settle(version, current, { ...values, ...theirs });
    },
    saved: (at, known, sent) => settle(at, known, merged(sent, form.getValues(), known).values),
  };
}
