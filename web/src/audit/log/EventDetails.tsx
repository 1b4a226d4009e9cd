/** The properties and data of an event, with its actions. */
import { Anchor, Button, Code, Group, Stack } from "@mantine/core";
import { FormattedDate, useIntl } from "react-intl";
import { Link } from "wouter";
import { Proof, useProof } from "~/audit/proofs/Proof";
import { useChannel } from "~/audit/useChannel";
import { Verbatim } from "~/audit/Verbatim";
import { ValueTable } from "~/components/ValueTable";
import { useText } from "~/intl/useText";
import { useMay, useViewer } from "~/session/Viewer";
import { offer } from "~/undo/undoing";
import { type RecordedEvent, segmentOf } from "./event";

export function EventDetails({ event }: { event: RecordedEvent }) {
  const t = useText();
  const proof = useProof(event);
  return (
    <Stack gap="sm">
      <EventProperties event={event} />
      <Verbatim label={t("audit.content")}>{JSON.stringify(event.data, null, 2)}</Verbatim>
      <EventLinks event={event} proving={proof.proving} prove={proof.prove} />
      <Proof {...proof} />
    </Stack>
  );
}

function EventProperties({ event }: { event: RecordedEvent }) {
  const t = useText();
  const intl = useIntl();
  const channel = useChannel();
  return (
    <ValueTable
      label={t("audit.event")}
      rows={[
        [t("audit.type"), <Code key="type">{event.type}</Code>],
        [t("audit.position"), intl.formatNumber(event.position)],
        [t("audit.shape"), intl.formatNumber(event.schemaVersion)],
        [t("audit.recorded"), <Exactly key="at" at={event.recordedAt} />],
        [t("audit.actor"), <Who key="who" {...event.actor} />],
        [t("audit.channel"), channel(event.channel)],
        [t("audit.reason"), <bdi key="reason">{event.reason ?? t("audit.none-given")}</bdi>],
        [t("audit.command"), <Command key="command" id={event.commandId} />],
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

function Who({ id, displayName }: RecordedEvent["actor"]) {
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

interface LinksProps {
  readonly event: RecordedEvent;
  readonly proving: boolean;
  readonly prove: () => Promise<void>;
}

/** Links to the state then and the changes since; the proof, and undo. */
function EventLinks({ event, proving, prove }: LinksProps) {
  const t = useText();
  const may = useMay();
  const segment = segmentOf(event);
  const mayUndo = useMayUndo(event);
  return (
    <Group gap="md">
      {segment && (
        <>
          <Anchor
            size="sm"
            component={Link}
            href={`/segments/${segment}/as-of?position=${lastOn(event)}`}
          >
            {t("audit.as-then")}
          </Anchor>
          <Anchor
            size="sm"
            component={Link}
            href={`/segments/${segment}/compare?from=${event.position}`}
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
        <Button size="xs" variant="default" onClick={() => offer(event.commandId)}>
          {t("audit.undo")}
        </Button>
      )}
    </Group>
  );
}

function useMayUndo({ actor }: RecordedEvent): boolean {
  const may = useMay();
  const { id } = useViewer();
  return may("UNDO_ANY") || (may("UNDO_OWN") && actor.id === id);
}

/** The last position at which the event's segment existed: before the event if that deleted it. */
function lastOn({ type, position }: RecordedEvent): number {
  return type === "segment.deleted" ? position - 1 : position;
}
