/** The input fields of a user. */
import { TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { MessageId } from "~/intl/locale";
import { type Text, useText } from "~/intl/useText";

export interface Named {
  firstName: string;
  lastName: string;
  username: string;
  email: string;
  code: string;
}

type Known = Omit<Named, "code"> & { code: string | null };

export const NOTHING: Named = { firstName: "", lastName: "", username: "", email: "", code: "" };

export function namedOf({ firstName, lastName, username, email, code }: Known): Named {
  return { firstName, lastName, username, email, code: code ?? "" };
}

/** Checks only for missing values: the rules are the service's. */
export function neededIn(t: Text) {
  const needed = (value: string) => (value.trim() ? null : t("people.needed"));
  return { firstName: needed, lastName: needed, username: needed, email: needed };
}

interface Field {
  readonly field: keyof Named;
  readonly label: MessageId;
  readonly why?: MessageId;
  readonly most: number;
  readonly optional?: boolean;
}

export const FIELDS: readonly Field[] = [
  { field: "firstName", label: "people.first-name", most: 100 },
  { field: "lastName", label: "people.last-name", most: 100 },
  { field: "username", label: "people.username", why: "people.username.how", most: 100 },
  { field: "email", label: "people.email", most: 254 },
  { field: "code", label: "people.code", why: "people.code.why", most: 100, optional: true },
];

export function UserFields<F extends Named>({ form }: { form: UseFormReturnType<F> }) {
  const t = useText();
  return FIELDS.map(({ field, label, why, most, optional = false }) => (
    <TextInput
      key={field}
      label={t(label)}
      description={why && t(why)}
      required={!optional}
      maxLength={most}
      type={field === "email" ? "email" : "text"}
      autoComplete="off"
      dir="auto"
      {...form.getInputProps(field)}
    />
  ));
}
