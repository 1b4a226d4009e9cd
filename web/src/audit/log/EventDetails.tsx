/** The recorded fact itself, and what can be done with it. */
import { Anchor, Button, Code, Group, Stack } from "@mantine/core";
import { FormattedDate, useIntl } from "react-intl";
import { Link } from "wouter";
import { Recorded } from "~/audit/EventInline";
import { Proof, useProof } from "~/audit/proofs/Proof";
import { useChannel } from "~/audit/useChannel";
import { Rows } from "~/components/ValueTable";
import { useText } from "~/intl/useText";
import { useMay, useViewer } from "~/session/Viewer";
import { offer } from "~/undo/undoing";
import { type Fact, segmentOf } from "./event";

export function FactDetails({ fact }: { fact: Fact }) {
  const t = useText();
  const proof = useProof(fact);
  return (
    <Stack gap="sm">
      <Facts fact={fact} />
      <Recorded label={t("audit.content")}>{JSON.stringify(fact.data, null, 2)}</Recorded>
      <Ways fact={fact} proving={proof.proving} prove={proof.prove} />
      <Proof {...proof} />
    </Stack>
  );
}

function Facts({ fact }: { fact: Fact }) {
  const t = useText();
  const intl = useIntl();
  const channel = useChannel();
  return (
    <Rows
      label={t("audit.fact")}
      rows={[
        [t("audit.type"), <Code key="type">{fact.type}</Code>],
        [t("audit.position"), intl.formatNumber(fact.position)],
        [t("audit.shape"), intl.formatNumber(fact.schemaVersion)],
        [t("audit.recorded"), <Exactly key="at" at={fact.recordedAt} />],
        [t("audit.actor"), <Who key="who" {...fact.actor} />],
        [t("audit.channel"), channel(fact.channel)],
        [t("audit.reason"), <bdi key="reason">{fact.reason ?? t("audit.none-given")}</bdi>],
        [t("audit.command"), <Command key="command" id={fact.commandId} />],
      ]}
    />
  );
}

function Exactly({ at }: { at: string }) {
  return (
    <time dateTime={at}>
      <FormattedDate value={at} dateStyle="full" timeStyle="long" />
    </time>
  );
}

function Who({ id, displayName }: Fact["actor"]) {
  const may = useMay();
  if (!may("SEE_THE_LOG")) return <bdi>{displayName}</bdi>;
  return (
    <Anchor size="sm" component={Link} href={`/log?${new URLSearchParams({ actor: id })}`}>
      <bdi>{displayName}</bdi>
    </Anchor>
  );
}

function Command({ id }: { id: string }) {
  const may = useMay();
  if (!may("SEE_THE_LOG")) return <Code>{id}</Code>;
  return (
    <Anchor size="sm" component={Link} href={`/log?${new URLSearchParams({ command: id })}`}>
      <Code>{id}</Code>
    </Anchor>
  );
}

interface WaysProps {
  readonly fact: Fact;
  readonly proving: boolean;
  readonly prove: () => Promise<void>;
}

/** To what stood then, what changed since, and back. */
function Ways({ fact, proving, prove }: WaysProps) {
  const t = useText();
  const may = useMay();
  const segment = segmentOf(fact);
  const mayUndo = useMayUndo(fact);
  return (
    <Group gap="md">
      {segment && (
        <>
          <Anchor
            size="sm"
            component={Link}
            href={`/segments/${segment}/as-of?position=${lastOn(fact)}`}
          >
            {t("audit.as-then")}
          </Anchor>
          <Anchor
            size="sm"
            component={Link}
            href={`/segments/${segment}/compare?from=${fact.position}`}
          >
            {t("audit.what-since")}
          </Anchor>
        </>
      )}
      {may("SEE_THE_LOG") && (
        <Button size="xs" variant="default" loading={proving} onClick={() => void prove()}>
          {t("audit.prove")}
        </Button>
      )}
      {mayUndo && (
        <Button size="xs" variant="default" onClick={() => offer(fact.commandId)}>
          {t("audit.undo")}
        </Button>
      )}
    </Group>
  );
}

function useMayUndo({ actor }: Fact): boolean {
  const may = useMay();
  const { id } = useViewer();
  return may("UNDO_ANY") || (may("UNDO_OWN") && actor.id === id);
}

/** Where the segment of a fact was on the site: before it, if it was taken off by that. */
function lastOn({ type, position }: Fact): number {
  return type === "segment.deleted" ? position - 1 : position;
}
