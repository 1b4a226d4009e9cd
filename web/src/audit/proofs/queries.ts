/** Checkpoints and proofs. */
import { graphql } from "~/graph/graphql";

export const INCLUSION_PROOF = graphql(`
  query ProofOfInclusion($event: ID!) {
    inclusionProof(event: $event) {
      leafIndex
      treeSize
      leafHash
      hashes
      checkpoint {
        note
      }
    }
    node(id: $event) {
      __typename
      id
      ... on RecordedEvent {
        leaf
      }
    }
  }
`);

export const CHECKPOINT = graphql(`
  query Checkpoint {
    checkpoint {
      position
      size
      rootHash
      note
    }
  }
`);

export const CONSISTENCY_PROOF = graphql(`
  query Consistency($from: TreeSize!, $to: TreeSize!) {
    consistencyProof(from: $from, to: $to)
  }
`);
