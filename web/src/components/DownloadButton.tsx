import { Button, type ButtonProps } from "@mantine/core";
import { useState } from "react";
import { useText } from "~/intl/useText";
import { download } from "./download";
import { notify } from "./notify";

interface Props extends ButtonProps {
  /** Path on the service. */
  readonly path: string;
  /** File name for saving. */
  readonly name: string;
}

/** Downloads a file, and notifies on failure. */
export function DownloadButton({ path, name, ...looks }: Props) {
  const t = useText();
  const [fetching, setFetching] = useState(false);
  async function fetchIt(): Promise<void> {
    setFetching(true);
    const fetched = await download(path, name);
    setFetching(false);
    if (!fetched) notify(t("common.download.failed", { name }));
  }
  return <Button variant="default" {...looks} loading={fetching} onClick={() => void fetchIt()} />;
}
