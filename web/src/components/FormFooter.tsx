/** The end of a form: why it was not saved, and its buttons. */
import { Button, Group } from "@mantine/core";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  readonly submission: { readonly sending: boolean; readonly problem: string | undefined };
  /** Label of the submit button. */
  readonly save?: MessageId;
  readonly disabled?: boolean;
  /** Without it there is no Cancel button. */
  readonly cancel?: (() => void) | undefined;
}

export function FormFooter(props: Props) {
  const t = useText();
  const { submission, save = "common.save", disabled = false, cancel } = props;
  return (
    <>
      <ProblemAlert problem={submission.problem} />
      <Group>
        <Button type="submit" loading={submission.sending} disabled={disabled}>
          {t(save)}
        </Button>
        {cancel && (
          <Button variant="default" onClick={cancel}>
            {t("common.cancel")}
          </Button>
        )}
      </Group>
    </>
  );
}
