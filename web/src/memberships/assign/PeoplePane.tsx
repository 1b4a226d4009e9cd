/** A searchable multi-select of users. */

import { Button, Combobox, Group, Stack, Text, TextInput, Title, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useId, useState } from "react";
import { Loaded } from "~/components/loading/Loaded";
import type { ResultOf } from "~/graph/graphql";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import { SelectionBar } from "~/memberships/SelectionBar";
import { NOBODY_SELECTED, type Selection, toggled, withAll } from "~/memberships/selection";
import classes from "./PeoplePane.module.css";
import { PersonOption } from "./PersonOption";
import { PEOPLE } from "./queries";

/** More than these are found by searching, not by scrolling. */
const SHOWN = 100;
/** Debounce in milliseconds. */
const REST = 60;

interface Props {
  readonly label: string;
  /** What is said when nobody is there at all. */
  readonly empty: string;
  readonly filter: { inSegment?: string; notInSegment?: string };
  readonly chosen: Selection;
  readonly choose: (chosen: Selection) => void;
  /** What can be done with the chosen. */
  readonly children: ReactNode;
}

export function PeoplePane({ label, empty, filter, chosen, choose, children }: Props) {
  const t = useText();
  const title = useId();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), REST);
  const asked = useRead(PEOPLE, { first: SHOWN, search: search || null, filter });
  const read = partOf(asked, ({ users }) => users);
  const found = read.data?.nodes ?? [];
  // The list stands open beside its search field, and is never closed.
  const combobox = useCombobox({ opened: true });
  combobox.setListId(list); // so that the field names its list from the first
  const submit = (id: string) => {
    const person = found.find((one) => one.id === id);
    if (person) choose(toggled(chosen, person));
  };
  return (
    <Stack component="section" aria-labelledby={title} gap="xs">
      <Title order={2} size="h4" id={title}>
        {label}
      </Title>
      <Combobox store={combobox} onOptionSubmit={submit} resetSelectionOnOptionHover={false}>
        <Combobox.EventsTarget withExpandedAttribute>
          <TextInput
            type="search"
            aria-label={t("memberships.find", { where: label })}
            placeholder={t("memberships.find.how")}
            maxLength={254}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              combobox.resetSelectedOption();
            }}
          />
        </Combobox.EventsTarget>
        <Combobox.Options
          id={list}
          className={classes.list}
          hidden={found.length === 0}
          labelledBy={title}
          aria-multiselectable
        >
          {found.map((person) => (
            <PersonOption key={person.id} person={person} chosen={chosen.has(person.id)} />
          ))}
        </Combobox.Options>
        <Loaded read={read}>
          {(users) => (
            <>
              {users.nodes.length === 0 && (
                <div className={classes.list}>
                  <Combobox.Empty>{search ? t("memberships.none-found") : empty}</Combobox.Empty>
                </div>
              )}
              <Counted found={users} chooseAll={() => choose(withAll(chosen, users.nodes))} />
            </>
          )}
        </Loaded>
      </Combobox>
      <SelectionBar count={chosen.size} clear={() => choose(NOBODY_SELECTED)}>
        {children}
      </SelectionBar>
    </Stack>
  );
}

interface CountedProps {
  readonly found: NonNullable<ResultOf<typeof PEOPLE>["users"]>;
  readonly chooseAll: () => void;
}

function Counted({ found: { nodes, totalCount }, chooseAll }: CountedProps) {
  const t = useText();
  return (
    <Group justify="space-between" mih={26}>
      <Text size="sm" c="dimmed" role="status">
        {totalCount > nodes.length
          ? t("memberships.first", { shown: nodes.length, count: totalCount })
          : t("common.total", { count: totalCount })}
      </Text>
      {nodes.length > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={chooseAll}>
          {t("memberships.choose-shown", { count: nodes.length })}
        </Button>
      )}
    </Group>
  );
}
