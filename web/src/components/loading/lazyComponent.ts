/** Components that are loaded on first render, or prefetched before. */
import { type ComponentType, createElement, lazy } from "react";

type Module<Props> = { default: ComponentType<Props> };

export type Part<Props> = ComponentType<Props> & {
  /** Prefetches it; never rejects. A loaded component renders at once, without a placeholder. */
  readonly begin: () => Promise<void>;
};

/** A chunk of the console could not be loaded. */
export class NotLoaded extends Error {}

/** All lazy components; nested ones register when the outer one is loaded. */
export const parts = new Set<{ readonly begin: () => Promise<void> }>();

const failed = new Set<() => void>();

/** Makes components that failed to load try again on the next render. */
export function renew(): void {
  for (const anew of failed) anew();
  failed.clear();
}

export function lazyComponent<Props extends object>(
  load: () => Promise<Module<Props>>,
): Part<Props> {
  let loading: Promise<Module<Props>> | undefined;
  let there: Module<Props> | undefined;
  const begin = () => {
    loading ??= load().then(
      (module) => {
        there = module;
        return module;
      },
      (problem) => {
        loading = undefined; // the next one who wants it asks again
        failed.add(() => {
          Shown = lazy(shown); // React remembers for good what could not be loaded
        });
        throw new NotLoaded(String(problem), { cause: problem });
      },
    );
    return loading;
  };
  // React reads a thenable that answers at once without waiting, and waiting shows a placeholder,
  // which then stays for 300 ms.
  const atOnce = (module: Module<Props>) =>
    // biome-ignore lint/suspicious/noThenProperty: a thenable is just what is wanted
    ({ then: (go: (module: Module<Props>) => void) => go(module) }) as Promise<Module<Props>>;
  const shown = () => (there ? atOnce(there) : begin());
  let Shown: ComponentType<Props> = lazy(shown) as ComponentType<Props>;
  const part = Object.assign((props: Props) => createElement(Shown, props), {
    begin: () =>
      begin().then(
        () => undefined,
        () => undefined, // it is asked for again when it is shown, and then told
      ),
  });
  parts.add(part);
  return part;
}
