/** The fields of a segment, as the help article shows them. */
import { Alert, Button, Checkbox, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Outcome, Payload } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { useSubmission } from "~/parts/useSubmission";

export interface SegmentFields {
  name: string;
  code: string;
  description: string;
  visible: boolean;
}

const EMPTY: SegmentFields = { name: "", code: "", description: "", visible: true };

interface Props<P extends Payload> {
  readonly initial?: SegmentFields;
  readonly send: (fields: SegmentFields) => Promise<Outcome<P>>;
  readonly done: (payload: P) => void;
  readonly cancel?: () => void;
}

/** Checks nothing itself but what saves a question: the rules are the service's. */
export function SegmentForm<P extends Payload>({ initial = EMPTY, send, done, cancel }: Props<P>) {
  const t = useText();
  const form = useForm({
    initialValues: initial,
    validate: { name: (name) => (name.trim() ? null : t("segments.name.needed")) },
  });

  const { sending, problem, submit } = useSubmission(form, send, done);
  return (
    <form onSubmit={form.onSubmit((fields) => void submit(fields))} noValidate>
      <Stack maw={640}>
        <TextInput
          label={t("segments.name")}
          required
          maxLength={254}
          dir="auto"
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("segments.code")}
          description={t("segments.code.why")}
          maxLength={100}
          {...form.getInputProps("code")}
        />
        <Textarea
          label={t("segments.description")}
          description={t("segments.description.how")}
          autosize
          minRows={3}
          maxLength={10_000}
          dir="auto"
          {...form.getInputProps("description")}
        />
        <Checkbox
          label={t("segments.visible")}
          description={t("segments.visible.why")}
          {...form.getInputProps("visible", { type: "checkbox" })}
        />
        {problem && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={sending}>
            {t("segments.save")}
          </Button>
          {cancel && (
            <Button variant="default" onClick={cancel}>
              {t("parts.cancel")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
