/** A search field that updates the address, debounced. */
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { Url } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { FROM_THE_START } from "./paging";

/** Milliseconds: with the answer itself it stays below what people feel as waiting. */
const REST = 30;

interface Props {
  readonly url: Url;
  readonly label: string;
  /** The variable of the address that holds it. */
  readonly name?: string;
}

export function SearchField({ url, label, name = "search" }: Props) {
  const t = useText();
  const known = url.get(name) ?? "";
  const [typed, setTyped] = useState(known);
  useEffect(() => setTyped(known), [known]);
  const search = useDebouncedCallback(
    (text: string) =>
      url.set({ [name]: text.trim() || null, ...FROM_THE_START }, { replace: true }),
    REST,
  );
  const change = (text: string) => {
    setTyped(text);
    search(text);
  };
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={254}
      onChange={(event) => change(event.currentTarget.value)}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={t("common.clear")} onClick={() => change("")} />
        ) : null
      }
      rightSectionPointerEvents="all"
    />
  );
}
