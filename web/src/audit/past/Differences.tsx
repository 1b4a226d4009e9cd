/** The differences of a segment between two moments: fields, users who joined, users who left. */

import { Alert, Button, Group, List, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { Loaded } from "~/components/loading/Loaded";
import { PAGE } from "~/components/table/paging";
import type { ResultOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import { FIELDS as EDITED } from "~/segments/segmentFields";
import type { Moment } from "./moment";
import { COMPARE_SEGMENT } from "./queries";

type Comparison = NonNullable<ResultOf<typeof COMPARE_SEGMENT>["compareSegment"]>;

interface Props {
  readonly segment: string;
  readonly from: Moment;
  readonly to: Moment;
  /** Labels of the two moments. */
  readonly called?: Called;
}

type Called = readonly [from: MessageId, to: MessageId];

const BOTH: Called = ["audit.compare.before", "audit.compare.after"];

export function Differences({ segment, from, to, called = BOTH }: Props) {
  const t = useText();
  const url = useUrl();
  const read = useRead(COMPARE_SEGMENT, {
    id: segment,
    from,
    to,
    people: PAGE,
    joined: url.get("joined"),
    left: url.get("left"),
  });
  return (
    <Loaded read={read}>
      {({ compareSegment }) =>
        compareSegment ? (
          <Told comparison={compareSegment} called={called} />
        ) : (
          <Alert>{t("audit.compare.never")}</Alert>
        )
      }
    </Loaded>
  );
}

function Told({ comparison, called }: { comparison: Comparison; called: Called }) {
  const t = useText();
  const { before, after, changes, joined, left } = comparison;
  const differs = changes.length + joined.totalCount + left.totalCount > 0;
  return (
    <Stack>
      {!before && <Alert>{t("audit.compare.not-before")}</Alert>}
      {!after && <Alert>{t("audit.compare.not-after")}</Alert>}
      {before && after && !differs && <Text>{t("audit.compare.same")}</Text>}
      {changes.length > 0 && <Changes changes={changes} called={called} />}
      {joined.totalCount + left.totalCount > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <People title="audit.compare.joined" name="joined" people={joined} />
          <People title="audit.compare.left" name="left" people={left} />
        </SimpleGrid>
      )}
    </Stack>
  );
}

const FIELDS: Record<string, { readonly label: MessageId }> = {
  ...EDITED,
  status: { label: "segments.status" },
};

interface ChangesProps {
  readonly changes: Comparison["changes"];
  readonly called: Called;
}

function Changes({ changes, called }: ChangesProps) {
  const t = useText();
  const shown = useShown();
  return (
    <Table aria-label={t("audit.compare.fields")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("audit.compare.field")}</Table.Th>
          {called.map((moment) => (
            <Table.Th key={moment}>{t(moment)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ field, before, after }) => (
          <Table.Tr key={field}>
            <Table.Th scope="row" ta="start">
              {FIELDS[field] ? t(FIELDS[field].label) : field}
            </Table.Th>
            <Table.Td>
              <bdi>{shown(before)}</bdi>
            </Table.Td>
            <Table.Td>
              <bdi>{shown(after)}</bdi>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** A field's value in words. */
function useShown(): (value: unknown) => string {
  const t = useText();
  return (value) => {
    if (value === null || value === "") return "—";
    if (typeof value === "boolean") return t(value ? "audit.yes" : "audit.no");
    if (value === "ACTIVE" || value === "ARCHIVED") return t(`segments.status.${value}`);
    return String(value);
  };
}

interface PeopleProps {
  readonly title: "audit.compare.joined" | "audit.compare.left";
  /** The variable of the address that holds the page. */
  readonly name: "joined" | "left";
  readonly people: Comparison["joined"];
}

function People({ title, name, people }: PeopleProps) {
  const t = useText();
  const url = useUrl();
  const { totalCount, nodes, pageInfo } = people;
  return (
    <section aria-label={t(title, { count: totalCount })}>
      <Title order={3} size="h5" mb="xs">
        {t(title, { count: totalCount })}
      </Title>
      <List listStyleType="none" spacing={4} size="sm">
        {nodes.map(({ id, displayName, username }) => (
          <List.Item key={id}>
            <bdi>{displayName}</bdi>{" "}
            <Text span c="dimmed" size="sm">
              {username}
            </Text>
          </List.Item>
        ))}
      </List>
      <Group gap="xs" mt="xs">
        {url.get(name) && (
          <Button variant="default" size="xs" onClick={() => url.set({ [name]: null })}>
            {t("audit.compare.first")}
          </Button>
        )}
        {pageInfo.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            onClick={() => url.set({ [name]: pageInfo.endCursor })}
          >
            {t("audit.compare.more")}
          </Button>
        )}
      </Group>
    </section>
  );
}
