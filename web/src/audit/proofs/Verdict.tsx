import { Alert } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly holds: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

/** The result of a verification: a quiet notice on success, an alert on failure. */
export function Verdict({ holds, title, children }: Props) {
  return (
    <Alert
      color={holds ? "green" : "red"}
      variant={holds ? "light" : "filled"}
      role={holds ? "status" : "alert"}
      title={title}
    >
      {children}
    </Alert>
  );
}
