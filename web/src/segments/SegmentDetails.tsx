import { Text } from "@mantine/core";
import type { Segment } from "./SegmentPage";

/** What a segment is called, and what is known of it. */
export function SegmentDetails({ segment }: { segment: Segment }) {
  return <Text dir="auto">{segment.description}</Text>;
}
