import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { localText, timeIn } from "./moment";

interface Props {
  readonly label: string;
  /** The current value; an invalid time is shown as empty. */
  readonly time: string | null | undefined;
  readonly choose: (time: string | null) => void;
}

/** A date and time in the viewer's time zone, applied on Enter or blur. */
export function TimeField({ label, time, choose }: Props) {
  const known = time && !Number.isNaN(Date.parse(time)) ? localText(time) : "";
  const [typed, setTyped] = useState(known);
  useEffect(() => setTyped(known), [known]);
  const take = () => {
    if (typed !== known) choose(timeIn(typed));
  };
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      step={1}
      label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === "Enter" && take()}
    />
  );
}
