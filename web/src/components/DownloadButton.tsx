import { Button, type ButtonProps } from "@mantine/core";
import { useState } from "react";
import { useText } from "~/intl/useText";
import { download } from "./download";
import { notify } from "./notify";

interface Props extends ButtonProps {
  /** Of the service. */
  readonly path: string;
  /** What the file is called on the disk. */
  readonly name: string;
}

/** Fetches a file; says so when it cannot be had. */
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
