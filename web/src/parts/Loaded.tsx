/** What a read answered, or that it is awaited, or why it cannot be shown. */
import type { ReactNode } from "react";
import type { Read } from "~/graph/useRead";
import { Failure } from "./Failure";
import { Waiting } from "./Waiting";

interface Props<Data> {
  readonly read: Read<Data>;
  readonly children: (data: Data) => ReactNode;
}

export function Loaded<Data>({ read, children }: Props<Data>) {
  const { data, error, waiting, again } = read;
  if (data) return <div aria-busy={waiting}>{children(data)}</div>;
  if (error) return <Failure error={error} again={again} />;
  return <Waiting />;
}
