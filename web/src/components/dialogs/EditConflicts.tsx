/** What a form shows of others' edits: a notice while one types, and the choice when one saves. */
import { Alert } from "@mantine/core";
import { AwaitedDialog } from "~/components/loading/Awaited";
import { lazyComponent } from "~/components/loading/lazyComponent";
import type { EditConflict } from "~/hooks/useEditForm";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";

const ConflictDialog = lazyComponent(() => import("./ConflictDialog"));

interface NoticeProps {
  /** Who saved last, and when, where that is known. */
  readonly by?: { readonly displayName: string };
  readonly at?: string;
}

/** Somebody changed this while one is typing. */
export function ConcurrentEditNotice({ by, at }: NoticeProps) {
  const t = useText();
  return (
    <Alert color="yellow" role="status" title={t("common.concurrent")}>
      {by && at && (
        <>
          {t("common.concurrent.who", { name: by.displayName })} (<When at={at} />
          ).{" "}
        </>
      )}
      {t("common.concurrent.how")}
    </Alert>
  );
}

/** The fields of a form in words. */
export interface FieldWords<Fields> {
  readonly label: (field: keyof Fields) => string;
  /** A field's value; empty when there is none. */
  readonly text: (field: keyof Fields, values: Partial<Fields>) => string;
}

interface Props<Fields> extends FieldWords<Fields> {
  readonly conflict: EditConflict<Fields> | undefined;
}

/** The dialog in which one chooses, while there is something to choose. */
export function EditConflicts<Fields extends object>({ conflict, label, text }: Props<Fields>) {
  if (!conflict) return null;
  const { mine, edits, fields, choose, close } = conflict;
  const { theirs, authors } = edits;
  return (
    <AwaitedDialog close={close}>
      <ConflictDialog
        fields={fields.map((field) => ({
          field: String(field),
          label: label(field),
          mine: text(field, mine),
          theirs: text(field, theirs),
          by: authors[field]?.by ?? "",
          at: authors[field]?.at ?? "",
        }))}
        choose={(kept) => choose(fields.filter((field) => kept.includes(String(field))))}
        close={close}
      />
    </AwaitedDialog>
  );
}
