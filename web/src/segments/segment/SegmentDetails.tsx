/** The details of a segment, or the form to edit them. */
import { useIntl } from "react-intl";
import { AwaitedPart } from "~/components/loading/Awaited";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import type { Segment } from "~/segments/queries";
import { useMay } from "~/session/Viewer";
import classes from "./SegmentDetails.module.css";

const EditSegment = lazyComponent(() => import("~/segments/edit/EditSegment"));

export function SegmentDetails({ segment }: { segment: Segment }) {
  const url = useUrl();
  const may = useMay();
  if (!url.get("edit") || !may("CHANGE_SEGMENTS")) return <Details segment={segment} />;
  return (
    <AwaitedPart>
      <EditSegment segment={segment} close={() => url.set({ edit: null })} />
    </AwaitedPart>
  );
}

function Details({ segment }: { segment: Segment }) {
  const t = useText();
  const intl = useIntl();
  const { createdAt, createdBy, updatedAt, updatedBy } = segment;
  return (
    <dl className={classes.list}>
      <dt>{t("segments.code")}</dt>
      <dd dir="auto">{segment.code ?? t("segments.empty")}</dd>
      <dt>{t("segments.members")}</dt>
      <dd>{intl.formatNumber(segment.memberCount)}</dd>
      <dt>{t("segments.description")}</dt>
      <dd dir="auto">
        <Description segment={segment} />
      </dd>
      <dt>{t("segments.visibility")}</dt>
      <dd>{t(segment.visible ? "segments.visible" : "segments.hidden")}</dd>
      <dt>{t("segments.created-at")}</dt>
      <dd>
        <When at={createdAt} /> · <bdi>{createdBy.displayName}</bdi> ·{" "}
        {t(`segments.source.${segment.source}`)}
      </dd>
      <dt>{t("segments.updated")}</dt>
      <dd>
        <When at={updatedAt} /> · <bdi>{updatedBy.displayName}</bdi>
      </dd>
    </dl>
  );
}

function Description({ segment: { descriptionHtml } }: { segment: Segment }) {
  const t = useText();
  if (!descriptionHtml) return t("segments.empty");
  return (
    <div
      className={classes.description}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered and sanitised by the service
      dangerouslySetInnerHTML={{ __html: descriptionHtml }}
    />
  );
}
