/** Suspense and error boundary around lazily loaded pages, parts and dialogs. */
import { type ReactNode, Suspense } from "react";
import { Boundary } from "./Boundary";
import { DialogNotLoaded, PageNotLoaded, PartNotLoaded } from "./NotLoaded";
import { Waiting } from "./Waiting";

interface Props {
  readonly children: ReactNode;
}

export function AwaitedPage({ place, children }: Props & { readonly place: string }) {
  return (
    <Boundary place={place} failed={(failed) => <PageNotLoaded {...failed} />}>
      <Suspense fallback={<Waiting />}>{children}</Suspense>
    </Boundary>
  );
}

interface PartProps extends Props {
  readonly place?: string;
  /** Of the placeholder. */
  readonly lines?: number;
}

export function AwaitedPart({ place = "", lines = 5, children }: PartProps) {
  return (
    <Boundary place={place} failed={(failed) => <PartNotLoaded {...failed} />}>
      <Suspense fallback={<Waiting lines={lines} />}>{children}</Suspense>
    </Boundary>
  );
}

export function AwaitedDialog({ close, children }: Props & { readonly close: () => void }) {
  return (
    <Boundary failed={(failed) => <DialogNotLoaded {...failed} close={close} />}>
      <Suspense>{children}</Suspense>
    </Boundary>
  );
}
