/** A segment at two moments, side by side. */
import { SimpleGrid, Stack, Title } from "@mantine/core";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { Differences } from "./Differences";
import { MomentField } from "./MomentField";
import { type Moment, momentIn, NOW, textOf } from "./moment";

interface Props {
  readonly segment: string;
  /** When the segment was created: the first moment, unless another is chosen. */
  readonly createdAt: string;
}

export default function CompareTab({ segment, createdAt }: Props) {
  const t = useText();
  const url = useUrl();
  const from = momentIn(url.get("from")) ?? { time: createdAt };
  const to = momentIn(url.get("to")) ?? NOW;
  const choose = (name: "from" | "to") => (moment: Moment) =>
    url.set({ [name]: textOf(moment), joined: null, left: null }, { replace: true });
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <MomentField
          segment={segment}
          label={t("audit.compare.from")}
          moment={from}
          choose={choose("from")}
        />
        <MomentField
          segment={segment}
          label={t("audit.compare.to")}
          moment={to}
          choose={choose("to")}
        />
      </SimpleGrid>
      <Title order={2} size="h4">
        {t("audit.compare.differs")}
      </Title>
      <Differences segment={segment} from={from} to={to} />
    </Stack>
  );
}
