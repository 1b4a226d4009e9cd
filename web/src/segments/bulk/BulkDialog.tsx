/** Confirms an action on many segments, and shows its progress and result. */
import { List, Progress, Text } from "@mantine/core";
import { useState } from "react";
import { CommandDialog } from "~/components/dialogs/CommandDialog";
import { notify } from "~/components/notify";
import type { Outcome, Payload } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { type SegmentAction, wordsOf } from "~/segments/actions/actions";
import type { ListedSegment } from "~/segments/queries";

import { BulkReport } from "./BulkReport";
import { type FailedSegment, useBulk } from "./useBulk";

interface Props {
  readonly action: SegmentAction;
  readonly segments: readonly ListedSegment[];
  /** Keeps the failed ones selected. */
  readonly keep: (ids: ReadonlySet<string>) => void;
  readonly close: () => void;
}

interface Report {
  readonly failed: readonly FailedSegment[];
  readonly reason: string | null;
}

/** Each segment's refusal is in the report; the run as a whole has come to its end. */
const ENDED: Outcome<Payload> = { kind: "done", payload: { position: null, errors: [] } };

export default function BulkDialog({ action, segments, keep, close }: Props) {
  const t = useText();
  const { act } = wordsOf(action);
  const [meant] = useState(() => segments.filter(action.applies));
  const [report, setReport] = useState<Report>();
  const { progress, run } = useBulk(action);

  async function all(
    those: readonly ListedSegment[],
    reason: string | null,
  ): Promise<Outcome<Payload>> {
    const failed = await run(those, reason);
    setReport({ failed, reason });
    if (failed.length === 0) {
      notify(t("segments.bulk.done", { count: meant.length }));
      keep(new Set());
      close();
    }
    return ENDED;
  }

  if (report && report.failed.length > 0)
    return (
      <BulkReport
        title={t(act)}
        done={meant.length - report.failed.length}
        failed={report.failed}
        again={() =>
          all(
            report.failed.map(({ segment }) => segment),
            report.reason,
          )
        }
        close={() => {
          keep(new Set(report.failed.map(({ segment }) => segment.id)));
          close();
        }}
      />
    );
  return (
    <CommandDialog
      title={t(act)}
      action={t(act)}
      danger={action.reason === "required"}
      reason={action.reason ?? "optional"}
      send={(reason) => all(meant, reason)}
      done={() => undefined}
      close={close}
    >
      <Meaning action={action} meant={meant} others={segments.length - meant.length} />
      {progress > 0 && (
        <Progress
          value={(100 * progress) / meant.length}
          aria-label={t("segments.bulk.progress")}
        />
      )}
    </CommandDialog>
  );
}

function Meaning({
  action,
  meant,
  others,
}: {
  action: SegmentAction;
  meant: readonly ListedSegment[];
  others: number;
}) {
  const t = useText();
  const count = meant.reduce((sum, { memberCount }) => sum + memberCount, 0);
  return (
    <>
      <List mb="xs">
        {meant.map(({ id, name }) => (
          <List.Item key={id} dir="auto">
            {name}
          </List.Item>
        ))}
      </List>
      {action.reason && <Text>{t(wordsOf(action).means, { count })}</Text>}
      {others > 0 && <Text c="dimmed">{t("segments.bulk.others", { count: others })}</Text>}
    </>
  );
}
