/** A select with search as one types, for a segment or a user to filter by. */

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type { CombinedError } from "urql";
import { useRead } from "~/graph/useRead";
import { messageOf } from "~/intl/errorMessage";
import { useText } from "~/intl/useText";
import { SEGMENT_OPTION, SEGMENT_OPTIONS, USER_OPTION, USER_OPTIONS } from "./pickerQueries";

const OFFERED = 20;
/** Debounce in milliseconds. */
const REST = 150;

interface Props {
  readonly label: string;
  readonly chosen: string | null;
  readonly choose: (id: string | null) => void;
}

export function SegmentPicker(props: Props) {
  const [search, setSearch] = useState("");
  const [rested] = useDebouncedValue(search, REST);
  const found = useRead(SEGMENT_OPTIONS, { search: rested || null, first: OFFERED });
  const picked = useRead(SEGMENT_OPTION, { id: props.chosen ?? "" }, { pause: !props.chosen });
  const named = (found.data?.siteUserSegments?.nodes ?? []).map(({ id, name }) => ({
    value: id,
    label: name,
  }));
  const name = picked.data?.userSegment?.name;
  const shown = { search, onSearch: setSearch, options: named, error: found.error };
  return <Offered {...props} {...shown} name={name} />;
}

interface Person {
  readonly displayName: string;
  readonly username: string;
}

const called = ({ displayName, username }: Person) => `${displayName} (${username})`;

export function UserPicker(props: Props) {
  const [search, setSearch] = useState("");
  const [rested] = useDebouncedValue(search, REST);
  const found = useRead(USER_OPTIONS, { search: rested || null, first: OFFERED });
  const picked = useRead(USER_OPTION, { id: props.chosen ?? "" }, { pause: !props.chosen });
  const named = (found.data?.users?.nodes ?? []).map((person) => ({
    value: person.id,
    label: called(person),
  }));
  const name = picked.data?.user ? called(picked.data.user) : undefined;
  const shown = { search, onSearch: setSearch, options: named, error: found.error };
  return <Offered {...props} {...shown} name={name} />;
}

interface OfferedProps extends Props {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The error of the search. */
  readonly error: CombinedError | undefined;
  /** The label of the chosen option; its id until the name is loaded. */
  readonly name: string | undefined;
}

function Offered(props: OfferedProps) {
  const { label, chosen, choose, search, onSearch, options, error, name } = props;
  const t = useText();
  const others = options.filter(({ value }) => value !== chosen);
  const all = chosen ? [{ value: chosen, label: name ?? chosen }, ...others] : others;
  return (
    <Select
      label={label}
      size="xs"
      searchable
      clearable
      value={chosen}
      data={all}
      searchValue={search}
      onSearchChange={onSearch}
      onChange={choose}
      filter={({ options: found }) => found} // the service has searched already
      nothingFoundMessage={t(error ? messageOf(error) : "audit.filter.none")}
      clearButtonProps={{ "aria-label": t("audit.filter.drop", { name: label }) }}
    />
  );
}
