/** A form on something that others may change while it is open: nothing that was typed is lost. */
import type { UseFormReturnType } from "@mantine/form";
import { useEffect, useRef, useState } from "react";
import { changesIn, merged } from "./merging";

/** The fields at a version. */
export interface Versioned<Fields> {
  readonly version: number;
  readonly values: Fields;
}

export interface MergedForm<Fields> {
  /** What the form started from: the expectedVersion of what it sends, and what counts as changed. */
  readonly base: () => Versioned<Fields>;
  /** Whether somebody else changed a field while something else was typed. */
  readonly overtaken: boolean;
  /** The fields that were typed in. */
  readonly changes: (typed: Fields) => Partial<Fields>;
  /** Starts from another version, with what was typed on it. */
  readonly rebase: (base: Versioned<Fields>, typed: Fields) => void;
  /** Starts from what was saved; what was typed since it was sent stays. */
  readonly saved: (saved: Versioned<Fields>, sent: Fields) => void;
}

/**
 * Fields that only others have changed follow them by themselves, unless some field is in conflict.
 * While the form is sent nothing follows: what is shown then may be what it is expected to become.
 */
export function useMergedForm<Fields extends object>(
  form: UseFormReturnType<Fields>,
  current: Versioned<Fields>,
  sending: boolean,
): MergedForm<Fields> {
  const base = useRef(current);
  const [followed, setFollowed] = useState(false);
  const moved = !sending && current.version > base.current.version;
  const now = moved ? current.values : base.current.values;
  const { values, conflicts } = merged(base.current.values, form.values, now);
  const theirs = changesIn(form.values, values);
  const follows = moved && conflicts.length === 0;
  const dirty = form.isDirty();

  useEffect(() => {
    if (!dirty) setFollowed(false);
  }, [dirty]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each version
  useEffect(() => {
    if (!follows) return;
    if (dirty && Object.keys(theirs).length > 0) setFollowed(true);
    rebase(current, values);
  }, [follows, current.version]);

  function rebase(on: Versioned<Fields>, typed: Fields): void {
    base.current = on;
    form.resetDirty(on.values);
    form.setValues(typed);
  }

  function saved(on: Versioned<Fields>, sent: Fields): void {
    setFollowed(false);
    rebase(on, merged(sent, form.getValues(), on.values).values);
  }

  return {
    base: () => base.current,
    overtaken: dirty && (followed || conflicts.length > 0),
    changes: (typed) => changesIn(base.current.values, typed),
    rebase,
    saved,
  };
}
