/** An error boundary with a fallback. */
import { Component, type ReactNode } from "react";
import { renew } from "./lazyComponent";

export interface Failed {
  readonly problem: unknown;
  /** How often it failed at this place. */
  readonly times: number;
  readonly again: () => void;
}

interface Props {
  readonly children: ReactNode;
  /** What fails at one place is tried anew at another. */
  readonly place?: string;
  readonly failed: (failed: Failed) => ReactNode;
}

interface State {
  readonly problem?: unknown;
  readonly times: number;
}

export class Boundary extends Component<Props, State> {
  override state: State = { times: 0 };

  static getDerivedStateFromError(problem: unknown): Partial<State> {
    return { problem };
  }

  override componentDidCatch(): void {
    this.setState(({ times }) => ({ times: times + 1 }));
  }

  override componentDidUpdate({ place }: Props): void {
    if (place === this.props.place || this.state.times === 0) return;
    this.setState({ times: 0 });
    this.#again();
  }

  #again = (): void => {
    renew();
    this.setState({ problem: undefined });
  };

  override render(): ReactNode {
    const { problem, times } = this.state;
    if (problem === undefined) return this.props.children;
    return this.props.failed({ problem, times, again: this.#again });
  }
}
