/** The filters of the log, kept in the address. */
import { Button, Group, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { TimeField } from "~/audit/past/TimeField";
import { FROM_THE_START } from "~/components/table/paging";
import type { Url } from "~/hooks/useUrl";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import { EVENT_TYPES } from "./event";
import { FILTERS, isFiltered } from "./filter";
import { SegmentPicker, UserPicker } from "./Picker";

export function LogFilters({ url }: { url: Url }) {
  const t = useText();
  const keep = (name: string) => (value: string | null) =>
    url.set({ [name]: value, ...FROM_THE_START });
  return (
    <section aria-label={t("audit.filters")}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="xs" verticalSpacing="xs">
        <SegmentPicker
          label={t("audit.filter.segment")}
          chosen={url.get("segment")}
          choose={keep("segment")}
        />
        <UserPicker label={t("audit.filter.user")} chosen={url.get("user")} choose={keep("user")} />
        <Select
          label={t("audit.type")}
          size="xs"
          clearable
          data={[...EVENT_TYPES]}
          value={url.get("type")}
          onChange={keep("type")}
          clearButtonProps={{ "aria-label": t("audit.filter.drop", { name: t("audit.type") }) }}
        />
        <TextFilter name="actor" label="audit.actor" url={url} />
        <TextFilter name="command" label="audit.command" url={url} />
        <TimeFilter name="from" label="audit.filter.from" url={url} />
        <TimeFilter name="to" label="audit.filter.to" url={url} />
        {isFiltered(url.get) && (
          <Group align="flex-end">
            <Button
              variant="default"
              size="xs"
              onClick={() =>
                url.set({
                  ...Object.fromEntries(FILTERS.map((name) => [name, null])),
                  ...FROM_THE_START,
                })
              }
            >
              {t("audit.filter.drop-all")}
            </Button>
          </Group>
        )}
      </SimpleGrid>
    </section>
  );
}

interface FilterProps {
  readonly name: string;
  readonly label: MessageId;
  readonly url: Url;
}

/** Applied on Enter or blur. */
export function TextFilter({ name, label, url }: FilterProps) {
  const t = useText();
  const known = url.get(name) ?? "";
  const [typed, setTyped] = useState(known);
  useEffect(() => setTyped(known), [known]);
  const take = () => {
    if (typed.trim() !== known) url.set({ [name]: typed.trim() || null, ...FROM_THE_START });
  };
  return (
    <TextInput
      size="xs"
      label={t(label)}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === "Enter" && take()}
    />
  );
}

export function TimeFilter({ name, label, url }: FilterProps) {
  const t = useText();
  return (
    <TimeField
      label={t(label)}
      time={url.get(name)}
      choose={(time) => url.set({ [name]: time, ...FROM_THE_START })}
    />
  );
}
