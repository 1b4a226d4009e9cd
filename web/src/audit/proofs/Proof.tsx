/** The inclusion proof of an event, verified in the browser from the recorded bytes. */

import { Code, Text } from "@mantine/core";
import { useState } from "react";
import { type CombinedError, useClient } from "urql";
import { Verbatim } from "~/audit/Verbatim";
import { Failure } from "~/components/loading/Failure";
import { ValueTable } from "~/components/ValueTable";
import { useText } from "~/intl/useText";
import { type Claim, type Judgment, judge, type ProvenEvent } from "./inclusion";
import { INCLUSION_PROOF } from "./queries";
import { Verdict } from "./Verdict";

interface Proven {
  readonly claim: Claim;
  readonly verdict: Judgment;
}

type Outcome =
  | ({ readonly kind: "judged" } & Proven)
  | { readonly kind: "failed"; readonly error: CombinedError };

interface Proving {
  readonly outcome: Outcome | undefined;
  readonly proving: boolean;
  readonly prove: () => Promise<void>;
}

export function useProof(event: ProvenEvent & { readonly id: string }): Proving {
  const client = useClient();
  const [outcome, setOutcome] = useState<Outcome>();
  const [proving, setProving] = useState(false);

  async function prove(): Promise<void> {
    setProving(true);
    const { data, error } = await client
      .query(INCLUSION_PROOF, { event: event.id }, { requestPolicy: "network-only" })
      .toPromise();
    const leaf = data?.node?.__typename === "RecordedEvent" ? data.node.leaf : "";
    const claim = data?.inclusionProof;
    if (claim) {
      setOutcome({ kind: "judged", claim, verdict: await judge(event, leaf, claim) });
    } else if (error) setOutcome({ kind: "failed", error });
    setProving(false);
  }

  return { outcome, proving, prove };
}

/** The result of the verification; nothing before it was started. */
export function Proof({ outcome, prove }: Proving) {
  if (!outcome) return null;
  if (outcome.kind === "failed")
    return <Failure error={outcome.error} again={() => void prove()} />;
  return <Judged {...outcome} />;
}

function Judged({ claim, verdict: { problems, leaf, root, signed, recorded } }: Proven) {
  const t = useText();
  const holds = problems.length === 0;
  return (
    <>
      <Verdict holds={holds} title={t(holds ? "audit.proof.holds" : "audit.proof.broken")}>
        {holds
          ? t("audit.proof.holds.why", { place: claim.leafIndex + 1, size: claim.treeSize })
          : problems.map((problem) => (
              <Text key={problem} size="sm">
                {t(`audit.proof.broken.${problem}`)}
              </Text>
            ))}
      </Verdict>
      <ValueTable
        label={t("audit.proof")}
        rows={[
          [t("audit.proof.leaf"), <Hash key="leaf" of={leaf} />],
          [t("audit.proof.root"), <Hash key="root" of={root} />],
          [t("audit.proof.signed"), <Hash key="signed" of={signed} />],
        ]}
      />
      <Verbatim label={t("audit.proof.bytes")}>{recorded}</Verbatim>
      <Verbatim label={t("audit.proof.note")}>{claim.checkpoint.note}</Verbatim>
      <Text size="sm" c="dimmed">
        {t("audit.proof.outside")}
      </Text>
    </>
  );
}

function Hash({ of: hash }: { of: string | null }) {
  return <Code dir="ltr">{hash ?? "—"}</Code>;
}
