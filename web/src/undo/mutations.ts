/** Undo of a command. */
import { REJECTION } from "~/graph/fragments";
import { graphql, type ResultOf } from "~/graph/graphql";

export const UNDO = graphql(
  `
  mutation UndoCommand($input: UndoCommandInput!) {
    undoCommand(input: $input) {
      undone
      conflicts {
        reason
        event {
          id
          summary
          recordedAt
        }
      }
      commandId
      position
      errors {
        ...Rejection
      }
    }
  }
`,
  [REJECTION],
);

export type Undone = ResultOf<typeof UNDO>["undoCommand"];
export type UndoConflict = Undone["conflicts"][number];
