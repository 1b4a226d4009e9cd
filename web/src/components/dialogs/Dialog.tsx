/**
 * Over the page, as long as it is mounted. What has `data-autofocus` has the focus first; afterwards
 * it is on what opened the dialog, or near it.
 *
 * A click beside it, Escape and the cross close it; when something was typed or chosen in it they ask
 * first, as whatever else loses what was typed. Its own Cancel is a word, and is taken by it.
 */
import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useHolding } from "~/components/table/heldRows";
import { Store, useStore } from "~/graph/store";
import { focusOn, heading, isNowhere, opener, type Spot, spotOf } from "~/hooks/focus";
import { asked } from "~/hooks/unsaved";

interface Props extends Omit<ModalProps, "opened" | "onClose" | "closeOnEscape"> {
  /** Whether something was typed or chosen in it. */
  readonly dirty: boolean;
  readonly close: () => void;
}

interface Open {
  /** What to go back to, the nearest first: a dialog over another one may see both go. */
  readonly from: readonly Spot[];
}

/** The last one is on top of the others. */
const open = new Store<readonly Open[]>([]);

export function Dialog({ dirty, close, ...modal }: Props) {
  const top = useOnTop();
  const ask = useQuestion();
  useHolding(true);
  return (
    <Modal opened onClose={() => (dirty ? ask(close) : close())} closeOnEscape={top} {...modal} />
  );
}

/** Asks before it closes. A dialog that goes by itself takes the question along. */
function useQuestion(): (close: () => void) => void {
  const question = useRef<() => void>(undefined);
  useEffect(
    () => () => {
      if (question.current && asked.value === question.current) asked.set(null);
    },
    [],
  );
  return (close) => {
    question.current = close;
    asked.set(close);
  };
}

/** Whether it is the topmost dialog; restores the focus on close. */
function useOnTop(): boolean {
  const [me] = useState<Open>(() => ({ from: cameFrom() }));
  useLayoutEffect(() => {
    open.set([...open.value, me]);
    return () => open.set(open.value.filter((other) => other !== me));
  }, [me]);
  useEffect(
    () => () => {
      if (!isNowhere()) return;
      const from = me.from.find(({ target }) => target.isConnected) ?? me.from.at(-1);
      if (from) focusOn(from);
      else heading()?.focus();
    },
    [me],
  );
  return useStore(open).at(-1) === me;
}

function cameFrom(): readonly Spot[] {
  const target = opener();
  return [...(target ? [spotOf(target)] : []), ...(open.value.at(-1)?.from ?? [])];
}
