/** The details of a segment, or the form to edit them. */
import { useIntl } from "react-intl";
import { AwaitedPart } from "~/components/loading/Awaited";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import type { Segment } from "~/segments/queries";
import { FIELD_NAMES, type FieldName, fieldInWords, fieldOf } from "~/segments/segmentFields";
import { useMay } from "~/session/Viewer";
import classes from "./SegmentDetails.module.css";

const EditSegment = lazyComponent(() => import("~/segments/edit/EditSegment"));

/** The name is the title of the page; the ID stands first, before the number of members. */
const OTHER_FIELDS = FIELD_NAMES.filter((name) => name !== "name" && name !== "code");

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
      <Field name="code" segment={segment} />
      <dt>{t("segments.members")}</dt>
      <dd>{intl.formatNumber(segment.memberCount)}</dd>
      {OTHER_FIELDS.map((name) => (
        <Field key={name} name={name} segment={segment} />
      ))}
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

function Field({ name, segment }: { name: FieldName; segment: Segment }) {
  const t = useText();
  const field = fieldOf(name);
  return (
    <>
      <dt>{t("title" in field ? field.title : field.label)}</dt>
      <dd dir="auto">
        {name === "description" ? (
          <Description segment={segment} />
        ) : (
          fieldInWords(name, segment, t) || t("segments.empty")
        )}
      </dd>
    </>
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
