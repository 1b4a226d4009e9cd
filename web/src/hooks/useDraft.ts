/** What somebody is typing about a segment, and the version that they started from. */
import { type RefObject, useEffect, useRef } from "react";
import {
  type SegmentFields,
  type SegmentFormState,
  useSegmentForm,
} from "~/segments/edit/SegmentForm";
import type { Segment } from "~/segments/segment/SegmentPage";
import { type Conflict, type Field, rebased, settled } from "./concurrentEdits";

interface Base {
  readonly version: number;
  readonly fields: SegmentFields;
}

export interface Draft {
  readonly form: SegmentFormState;
  readonly base: RefObject<Base>;
  /** Whether somebody else changed the segment since one began to type. */
  readonly behind: boolean;
  /** Takes others' edits in, but for the fields that keep one's own; what is then to be saved. */
  readonly settle: (conflict: Conflict, keptMine: readonly Field[]) => SegmentFields;
}

export function useDraft(segment: Segment): Draft {
  const form = useSegmentForm(fieldsOf(segment));
  const base = useRef<Base>(baseOf(segment));
  const dirty = form.isDirty();
  const behind = segment.version > base.current.version;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the segment
  useEffect(() => {
    if (dirty || !behind) return;
    base.current = baseOf(segment);
    restart(base.current.fields, base.current.fields);
  }, [dirty, segment.version]);

  function restart(from: SegmentFields, typed: SegmentFields): void {
    form.setInitialValues(from);
    form.setValues(typed);
  }

  function settle(conflict: Conflict, keptMine: readonly Field[]): SegmentFields {
    const mine = settled(form.values, conflict, keptMine);
    base.current = {
      version: conflict.version,
      fields: rebased(base.current.fields, conflict),
    };
    restart(base.current.fields, mine);
    return mine;
  }

  return { form, base, behind: dirty && behind, settle };
}

function baseOf(segment: Segment): Base {
  return { version: segment.version, fields: fieldsOf(segment) };
}

function fieldsOf({ name, code, description, visible }: Segment): SegmentFields {
  return { name, code: code ?? "", description, visible };
}
