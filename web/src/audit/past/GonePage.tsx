/** A deleted segment as of a moment at which it existed. */
import { Alert, Stack } from "@mantine/core";
import { Loaded } from "~/components/loading/Loaded";
import { NotFound } from "~/components/page/NotFound";
import { Page } from "~/components/page/Page";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import { isNotFound } from "~/intl/errorMessage";
import { useText } from "~/intl/useText";
import { TRAIL } from "~/segments/tabs";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { Then } from "./AsOfTab";
import { type Moment, momentIn } from "./moment";
import { SEGMENT_AS_OF } from "./queries";

export default function GonePage({ segment }: { segment: string }) {
  const may = useMay();
  const url = useUrl();
  const moment = momentIn(url.get("position") ?? url.get("time"));
  if (!moment) return <NotFound />;
  if (!may("SEE_THE_PAST")) return <NoAccess needs="SEE_THE_PAST" />;
  return <Gone segment={segment} moment={moment} />;
}

function Gone({ segment, moment }: { segment: string; moment: Moment }) {
  const t = useText();
  const read = useRead(SEGMENT_AS_OF, { id: segment, asOf: moment }, { follows: false });
  if (!read.data && isNotFound(read.error)) return <NotFound />;
  return (
    <Loaded read={read}>
      {({ userSegment }) =>
        userSegment ? (
          <Page name={userSegment.name} trail={TRAIL}>
            <Stack>
              <Alert color="yellow">{t("audit.gone")}</Alert>
              <Then segment={segment} moment={moment} />
            </Stack>
          </Page>
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}
