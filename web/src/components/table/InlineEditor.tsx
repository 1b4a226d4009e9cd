/** The open field of InlineEdit. It stays open until it is saved or left. */
import { ActionIcon, Group, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useUnsaved } from "~/hooks/unsaved";
import { useText } from "~/intl/useText";

interface Props {
  readonly label: string;
  readonly text: string;
  /** What is saved. */
  readonly value: string;
  readonly problem: string | null;
  readonly maxLength: number;
  readonly save: (text: string) => void;
  readonly cancel: () => void;
}

export function InlineEditor({ label, text, value, problem, maxLength, save, cancel }: Props) {
  const t = useText();
  const [typed, setTyped] = useState(text);
  useUnsaved(typed.trim() !== value, "address");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  function pressed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return; // Enter then ends a word, not the text
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault(); // else the key would press the button that gets the focus
    if (event.key === "Enter") save(typed);
    else cancel();
  }

  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <TextInput
        ref={field}
        size="xs"
        miw={160}
        flex={1}
        aria-label={label}
        value={typed}
        error={problem}
        maxLength={maxLength}
        dir="auto"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={pressed}
      />
      <ActionIcon size={30} aria-label={t("common.save")} onClick={() => save(typed)}>
        <span aria-hidden>✓</span>
      </ActionIcon>
      <ActionIcon size={30} variant="default" aria-label={t("common.cancel")} onClick={cancel}>
        <span aria-hidden>✕</span>
      </ActionIcon>
    </Group>
  );
}
