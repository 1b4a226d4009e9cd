/**
 * Over the page, as long as it is mounted. What has `data-autofocus` has the focus first; afterwards
 * it is on what opened the dialog, or near it.
 */
import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";
import { focusOn, heading, opener, spotOf } from "./focus";

interface Props extends Omit<ModalProps, "opened" | "onClose"> {
  readonly close: () => void;
}

export function Dialog({ close, ...modal }: Props) {
  useFocusBack();
  return <Modal opened onClose={close} {...modal} />;
}

function useFocusBack(): void {
  const [from] = useState(() => {
    const target = opener();
    return target && target !== document.body ? spotOf(target) : null;
  });
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return;
      if (from) focusOn(from);
      else heading()?.focus();
    },
    [from],
  );
}
