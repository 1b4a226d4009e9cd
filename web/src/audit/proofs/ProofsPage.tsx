/**
 * The current signed checkpoint, and whether it is consistent with the one saved in this browser.
 */

import { Alert, Button, Code, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { FormattedDate, useIntl } from "react-intl";
import { useClient } from "urql";
import { auditTabs, TRAIL } from "~/audit/tabs";
import { Verbatim } from "~/audit/Verbatim";
import { Loaded } from "~/components/loading/Loaded";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { ValueTable } from "~/components/ValueTable";
import type { ResultOf } from "~/graph/graphql";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { CHECKPOINT, CONSISTENCY_PROOF } from "./queries";
import {
  type Comparison,
  compare,
  type SavedCheckpoint,
  saveCheckpoint,
  savedCheckpoint,
} from "./savedCheckpoint";
import { Verdict } from "./Verdict";

type Checkpoint = NonNullable<ResultOf<typeof CHECKPOINT>["checkpoint"]>;

export default function ProofsPage() {
  const may = useMay();
  if (!may("SEE_THE_LOG")) return <NoAccess needs="SEE_THE_LOG" />;
  return (
    <Page title="audit.proofs" trail={TRAIL}>
      <Tabs tabs={auditTabs(may)} label="audit.title" />
      <Current />
    </Page>
  );
}

/** Not refetched by itself: the service would sign another checkpoint each time. */
function Current() {
  const t = useText();
  const asked = useRead(CHECKPOINT, {}, { follows: false });
  const read = partOf(asked, ({ checkpoint }) => checkpoint);
  return (
    <Stack>
      <Text>{t("audit.proofs.what")}</Text>
      <Loaded read={read}>
        {(checkpoint) => (
          <Stack>
            <Since note={checkpoint.note} />
            <Statement checkpoint={checkpoint} />
          </Stack>
        )}
      </Loaded>
      <Group>
        <Button variant="default" onClick={read.again} loading={read.waiting}>
          {t("audit.proofs.again")}
        </Button>
      </Group>
    </Stack>
  );
}

function Statement({ checkpoint }: { checkpoint: Checkpoint }) {
  const t = useText();
  const intl = useIntl();
  return (
    <section aria-label={t("audit.proofs.current")}>
      <Title order={2} size="h4" mb="xs">
        {t("audit.proofs.current")}
      </Title>
      <ValueTable
        label={t("audit.proofs.current")}
        rows={[
          [t("audit.proofs.size"), intl.formatNumber(checkpoint.size)],
          [t("audit.proofs.position"), intl.formatNumber(checkpoint.position)],
          [
            t("audit.proofs.root"),
            <Code key="root" dir="ltr">
              {checkpoint.rootHash}
            </Code>,
          ],
        ]}
      />
      <Verbatim label={t("audit.proof.note")}>{checkpoint.note}</Verbatim>
      <Text size="sm" c="dimmed" mt="xs">
        {t("audit.proof.outside")}
      </Text>
    </section>
  );
}

interface Found {
  readonly comparison: Comparison | "unproven";
  /** What it was compared with. */
  readonly earlier: SavedCheckpoint | null;
}

const HOLDS: readonly Found["comparison"][] = ["first", "same", "consistent"];

/** What was compared last holds on: only what is consistent with it takes its place. */
function Since({ note }: { note: string }) {
  const t = useText();
  const [found, again] = useComparison(note);
  if (!found) return null;
  const { comparison, earlier } = found;
  if (comparison === "unproven") return <Alert color="yellow">{t("audit.proofs.unproven")}</Alert>;
  const holds = HOLDS.includes(comparison);
  return (
    <>
      <Verdict holds={holds} title={t(holds ? "audit.proofs.holds" : "audit.proofs.broken")}>
        <Text size="sm">{t(`audit.proofs.${comparison}`)}</Text>
        {earlier && (
          <Text size="sm">
            {t("audit.proofs.seen")}{" "}
            <FormattedDate value={earlier.at} dateStyle="medium" timeStyle="medium" />
          </Text>
        )}
      </Verdict>
      {!holds && earlier && (
        <Broken
          earlier={earlier}
          forget={() => {
            saveCheckpoint(note);
            again();
          }}
        />
      )}
    </>
  );
}

/** What does not fit stays here, to be shown to others, until somebody says to forget it. */
function Broken({ earlier, forget }: { earlier: SavedCheckpoint; forget: () => void }) {
  const t = useText();
  return (
    <Stack gap="xs" align="flex-start">
      <Verbatim label={t("audit.proofs.kept")}>{earlier.note}</Verbatim>
      <Button variant="default" size="xs" onClick={forget}>
        {t("audit.proofs.begin-anew")}
      </Button>
    </Stack>
  );
}

function useComparison(note: string): [Found | undefined, () => void] {
  const client = useClient();
  const [found, setFound] = useState<Found>();
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn is asked for by `again`
  useEffect(() => {
    let current = true;
    const earlier = savedCheckpoint();
    const prove = async (from: number, to: number) => {
      const { data, error } = await client.query(CONSISTENCY_PROOF, { from, to }).toPromise();
      if (!data?.consistencyProof) throw error;
      return data.consistencyProof;
    };
    compare(earlier?.note, note, prove)
      .catch(() => "unproven" as const)
      .then((comparison) => {
        if (!current) return;
        if (HOLDS.includes(comparison)) saveCheckpoint(note);
        setFound({ comparison, earlier });
      });
    return () => {
      current = false;
    };
  }, [note, turn]);
  return [found, () => setTurn((known) => known + 1)];
}
