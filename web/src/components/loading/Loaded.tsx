/** The data of a read, its placeholder or its error. */
import type { ReactNode } from "react";
import type { Read } from "~/graph/useRead";
import { messageOf } from "~/intl/errorMessage";
import { Failure } from "./Failure";
import { Waiting } from "./Waiting";

interface Props<Data> {
  readonly read: Read<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** Keeps the last data when a refetch fails: a form may depend on it. */
export function Loaded<Data>({ read, children }: Props<Data>) {
  const { data, error, waiting, again } = read;
  if (!data) return error ? <Failure error={error} again={again} /> : <Waiting />;
  return (
    <div aria-busy={waiting}>
      {/* That the service cannot be reached is said once, above the page. */}
      {error && messageOf(error) !== "common.failure.offline" && (
        <Failure error={error} again={again} />
      )}
      {children(data)}
    </div>
  );
}
