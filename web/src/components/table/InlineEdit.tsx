/**
 * Inline editing of a text: Enter saves, Escape cancels.
 *
 * The new text is shown at once. If the service refuses it, the editor opens again with the reason.
 * Meanwhile the row keeps its place in the table.
 */
import { ActionIcon, Group } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { notifyProblem } from "~/components/notify";
import { focusOn, isNowhere, spotOf } from "~/hooks/focus";
import { addresses } from "~/hooks/unsaved";
import { useText } from "~/intl/useText";
import { useHolding } from "./heldRows";
import { InlineEditor } from "./InlineEditor";

/** What is wrong with a text; null when it was saved. */
export type Save = (text: string) => Promise<string | null>;

interface Props {
  /** What the button and the field are called. */
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  /** Begins to edit: saves against what is known now. Null when it cannot be begun just now. */
  readonly begin: (() => Save) | null;
  /** How it looks at rest. */
  readonly children: ReactNode;
}

interface Draft {
  readonly text: string;
  readonly save: Save;
  readonly problem: string | null;
}

export function InlineEdit({ label, value, maxLength, begin, children }: Props) {
  const t = useText();
  const [draft, setDraft] = useState<Draft>();
  const [sending, setSending] = useState(0);
  const button = useFocusWhenClosed(draft !== undefined);
  const isThere = useIsThere();
  useHolding(draft !== undefined || sending > 0);
  useEffect(() => addresses.watch(() => setDraft(undefined)), []);

  async function save(text: string): Promise<void> {
    if (!draft) return;
    setDraft(undefined);
    if (text.trim() === value) return;
    setSending((count) => count + 1);
    const problem = await draft.save(text.trim());
    setSending((count) => count - 1);
    if (!problem) return;
    if (isThere()) setDraft({ ...draft, text, problem });
    else notifyProblem(t("common.not-saved", { label, text, problem }));
  }

  if (draft)
    return (
      <InlineEditor
        {...draft}
        label={label}
        value={value}
        maxLength={maxLength}
        save={(text) => void save(text)}
        cancel={() => setDraft(undefined)}
      />
    );
  return (
    <Group gap={4} wrap="nowrap">
      {children}
      {begin && (
        <ActionIcon
          ref={button}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={label}
          title={label}
          onClick={() => setDraft({ text: value, save: begin(), problem: null })}
        >
          <span aria-hidden>✎</span>
        </ActionIcon>
      )}
    </Group>
  );
}

/** Whether the component is still mounted. */
function useIsThere(): () => boolean {
  const there = useRef(false);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  return () => there.current;
}

/** Back to where one came from, by those who use the keyboard, and who are nowhere else meanwhile. */
function useFocusWhenClosed(open: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(open);
  useEffect(() => {
    const ended = was.current && !open && isNowhere();
    was.current = open;
    if (ended && button.current) focusOn(spotOf(button.current));
  }, [open]);
  return button;
}
