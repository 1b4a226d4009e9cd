import { Alert } from "@mantine/core";
import { useStore } from "~/graph/store";
import { connection } from "~/graph/transport/connection";
import { useText } from "~/intl/useText";

/** Shown while the service cannot be reached. */
export function OfflineBanner() {
  const t = useText();
  const { online } = useStore(connection);
  return (
    <div role="status">
      {!online && (
        <Alert color="yellow" mb="md" title={t("common.offline")}>
          {t("common.offline.why")}
        </Alert>
      )}
    </div>
  );
}
