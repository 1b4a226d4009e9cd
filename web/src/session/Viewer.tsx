/** The viewer and their permissions. */

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
  /** Whether the page itself is loaded. */
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

/** The viewer's directory entry; null for those who have only the roles of their sign-in. */
export function useViewerUser(): Answer["viewerUser"] {
  return useAnswer().viewerUser;
}

/**
 * Whether the viewer has a permission: what they may not do is not shown. The service checks it,
 * too.
 */
export function useMay(): May {
  const { viewerMay } = useAnswer();
  return useCallback((permission) => viewerMay.includes(permission), [viewerMay]);
}

function useAnswer(): Answer {
  const answer = useContext(Asking);
  if (!answer) throw new Error("outside of Viewer");
  return answer;
}
