/**
 * A text that is changed where it stands: Enter saves, Escape leaves it as it was.
 *
 * What was typed is shown at once. Is it refused, then the field is open again with the reason
 * beside it.
 */
import { ActionIcon, Group } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Editor } from "./Editor";

/** What is wrong with a text; null when it was saved. */
export type Save = (text: string) => Promise<string | null>;

interface Props {
  /** What the button and the field are called. */
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  /** Begins to edit: saves against what is known now. */
  readonly begin: () => Save;
  /** How it looks at rest. */
  readonly children: ReactNode;
}

interface Draft {
  readonly text: string;
  readonly save: Save;
  readonly problem: string | null;
}

export function InlineEdit({ label, value, maxLength, begin, children }: Props) {
  const [draft, setDraft] = useState<Draft>();
  const button = useFocusWhenClosed(draft !== undefined);

  async function save(text: string): Promise<void> {
    if (!draft) return;
    setDraft(undefined);
    if (text.trim() === value) return;
    const problem = await draft.save(text.trim());
    if (problem) setDraft({ ...draft, text, problem });
  }

  if (draft)
    return (
      <Editor
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
    </Group>
  );
}

/** Back to where one came from, by those who use the keyboard. */
function useFocusWhenClosed(open: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(open);
  useEffect(() => {
    if (was.current && !open) button.current?.focus();
    was.current = open;
  }, [open]);
  return button;
}
