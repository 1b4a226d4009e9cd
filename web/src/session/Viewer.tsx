/** Who is asking, and what they may. */

import { createContext, type ReactNode, useCallback, useContext } from "react";
import { Failure } from "~/components/loading/Failure";
import { Waiting } from "~/components/loading/Waiting";
import type { ResultOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { VIEWER } from "./queries";

type Answer = ResultOf<typeof VIEWER>;
export type Permission = Answer["viewerMay"][number];
export type May = (permission: Permission) => boolean;

const Asking = createContext<Answer | undefined>(undefined);

interface Props {
  /** Whether what is to be shown is there, too. */
  readonly ready: boolean;
  readonly children: ReactNode;
}

export function Viewer({ ready, children }: Props) {
  const { data, error, again } = useRead(VIEWER, {});
  if (data && ready) return <Asking.Provider value={data}>{children}</Asking.Provider>;
  return error ? <Failure error={error} again={again} /> : <Waiting />;
}

export function useViewer(): Answer["viewer"] {
  return useAnswer().viewer;
}

/** Who is asking, in the directory; null for those who act by the roles of their sign-in alone. */
export function useViewerUser(): Answer["viewerUser"] {
  return useAnswer().viewerUser;
}

/** Whether one may do something: what one may not is not shown. The service checks it again. */
export function useMay(): May {
  const { viewerMay } = useAnswer();
  return useCallback((permission) => viewerMay.includes(permission), [viewerMay]);
}

function useAnswer(): Answer {
  const answer = useContext(Asking);
  if (!answer) throw new Error("outside of Viewer");
  return answer;
}
