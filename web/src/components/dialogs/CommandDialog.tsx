/** A confirmation dialog that asks for the reason of a command. */

import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { ReactNode } from "react";
import { ProblemAlert } from "~/components/ProblemAlert";
import type { Outcome, Payload } from "~/graph/useCommand";
import { useSubmission } from "~/hooks/useSubmission";
import { useText } from "~/intl/useText";
import { Dialog } from "./Dialog";

interface Props<P extends Payload> {
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** Label of the confirm button. */
  readonly action: string;
  /** Shows the confirm button in red. */
  readonly danger?: boolean;
  readonly reason: "required" | "optional";
  /** Whether the confirm button is enabled. */
  readonly ready?: boolean;
  /** A word to be typed to confirm what cannot be undone. */
  readonly typed?: string;
  readonly send: (reason: string | null) => Promise<Outcome<P>>;
  readonly done: (payload: P) => void;
  readonly close: () => void;
}

export function CommandDialog<P extends Payload>(props: Props<P>) {
  const t = useText();
  const { title, children, action, danger = false, ready = true } = props;
  const { reason, typed = "", send, done, close } = props;
  const form = useForm({
    initialValues: { reason: "", typed: "" },
    validate: {
      reason: (why) => (reason === "required" && !why.trim() ? t("common.reason.needed") : null),
      typed: (word) => (word.trim() === typed ? null : t("common.typed.differs", { word: typed })),
    },
  });
  const { sending, problem, submit } = useSubmission(
    form,
    (f) => send(f.reason.trim() || null),
    done,
  );
  return (
    <Dialog dirty={form.isDirty()} close={close} title={title}>
      <form onSubmit={form.onSubmit((fields) => void submit(fields))} noValidate>
        <Stack>
          <div>{children}</div>
          <TextInput
            label={t("common.reason")}
            description={t("common.reason.why")}
            required={reason === "required"}
            data-autofocus
            maxLength={1000}
            dir="auto"
            {...form.getInputProps("reason")}
          />
          {typed && (
            <TextInput
              label={t("common.typed", { word: typed })}
              required
              autoComplete="off"
              dir="auto"
              {...form.getInputProps("typed")}
            />
          )}
          <ProblemAlert problem={problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("common.cancel")}
            </Button>
            <Button
              type="submit"
              loading={sending}
              disabled={!ready}
              {...(danger && { color: "red" })}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
