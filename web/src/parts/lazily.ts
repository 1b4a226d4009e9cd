/** Pages that are loaded when they are first shown, or, better, a little before. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

type Module<Props> = { default: ComponentType<Props> };

export type Page<Props> = LazyExoticComponent<ComponentType<Props>> & {
  /** Loads it, if that can be. What is there when it is shown is shown at once, without a placeholder. */
  readonly begin: () => Promise<void>;
};

export function lazily<Props>(load: () => Promise<Module<Props>>): Page<Props> {
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
        throw problem;
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
  return Object.assign(lazy(shown), {
    begin: () =>
      begin().then(
        () => undefined,
        () => undefined, // it is asked for again when it is shown, and then told
      ),
  });
}
