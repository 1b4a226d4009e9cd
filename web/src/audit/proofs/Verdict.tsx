import { Alert } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly holds: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

/** What came of a check: quiet when it holds, loud when it does not. */
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
