/** The options of an upload. Each change starts another dry run. */
import { NativeSelect, SimpleGrid } from "@mantine/core";
import { useText } from "~/intl/useText";
import type { Kind } from "~/uploads/kinds";
import type { Options } from "~/uploads/upload";
import type { Uploading } from "~/uploads/useUpload";
import { ENCODINGS } from "./encodings";

const DELIMITERS = [
  { value: "AUTO", name: "uploads.delimiter.auto" },
  { value: ",", name: "uploads.delimiter.comma" },
  { value: ";", name: "uploads.delimiter.semicolon" },
  { value: ":", name: "uploads.delimiter.colon" },
  { value: "TAB", name: "uploads.delimiter.tab" },
] as const;

const BAD_ROWS = [
  { value: "REJECT_FILE", name: "uploads.bad-rows.reject-file" },
  { value: "SKIP_ROWS", name: "uploads.bad-rows.skip-rows" },
] as const;

const EXISTING = [
  { value: "REJECT", name: "uploads.existing.reject" },
  { value: "UPDATE", name: "uploads.existing.update" },
  { value: "SKIP", name: "uploads.existing.skip" },
] as const;

export function OptionFields({ kind, uploading }: { kind: Kind; uploading: Uploading }) {
  const t = useText();
  const { upload, set } = uploading;
  const choices = { "bad-rows": BAD_ROWS, existing: EXISTING, delimiter: DELIMITERS };
  const field = (option: keyof Options, name: "bad-rows" | "existing" | "delimiter") => (
    <NativeSelect
      label={t(`uploads.${name}`)}
      value={upload.options[option]}
      disabled={upload.doing === "recording"}
      data={choices[name].map(({ value, name }) => ({ value, label: t(name) }))}
      onChange={({ currentTarget: { value } }) => set({ [option]: value })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
      {field("badRows", "bad-rows")}
      {kind.updates && field("existing", "existing")}
      {field("delimiter", "delimiter")}
      <NativeSelect
        label={t("uploads.encoding")}
        value={upload.options.encoding}
        disabled={upload.doing === "recording"}
        data={[...ENCODINGS]}
        onChange={({ currentTarget: { value } }) => set({ encoding: value })}
      />
    </SimpleGrid>
  );
}
