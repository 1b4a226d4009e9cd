import { Alert } from "@mantine/core";

/** Why a command was not carried out, where it belongs to no field. */
export function ProblemAlert({ problem }: { problem: string | undefined }) {
  if (!problem) return null;
  return (
    <Alert color="red" role="alert">
      {problem}
    </Alert>
  );
}
