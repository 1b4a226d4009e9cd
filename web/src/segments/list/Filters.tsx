/** The filters of the list. */
import { NativeSelect, SimpleGrid } from "@mantine/core";
import { FROM_THE_START } from "~/components/table/paging";
import type { Url } from "~/hooks/useUrl";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import { useMay } from "~/session/Viewer";
import { SOURCES, STATUSES, VISIBILITIES } from "./listVariables";

type Option = readonly [value: string, label: MessageId];

/** The first option of each is the default. */
const STATUS: readonly Option[] = STATUSES.map((value) => [value, `segments.status.${value}`]);
const VISIBILITY: readonly Option[] = [
  ["", "segments.visibility.ALL"],
  ...VISIBILITIES.map((value): Option => [value, `segments.visibility.${value}`]),
];
const SOURCE: readonly Option[] = [
  ["", "segments.source.ALL"],
  ...SOURCES.map((value): Option => [value, `segments.source.${value}`]),
];

export function Filters({ url }: { url: Url }) {
  const may = useMay();
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
      <Filter url={url} name="status" label="segments.status" options={STATUS} />
      {may("SEE_ALL_SEGMENTS") && (
        <>
          <Filter url={url} name="visibility" label="segments.visibility" options={VISIBILITY} />
          <Filter url={url} name="source" label="segments.source" options={SOURCE} />
        </>
      )}
    </SimpleGrid>
  );
}

interface Props {
  readonly url: Url;
  /** The variable of the address that holds it. */
  readonly name: string;
  readonly label: MessageId;
  readonly options: readonly Option[];
}

function Filter({ url, name, label, options }: Props) {
  const t = useText();
  const [[unless] = [""]] = options;
  return (
    <NativeSelect
      aria-label={t(label)}
      value={url.get(name) ?? unless}
      data={options.map(([value, label]) => ({ value, label: t(label) }))}
      onChange={({ currentTarget: { value } }) =>
        url.set({ [name]: value === unless ? null : value, ...FROM_THE_START })
      }
    />
  );
}
