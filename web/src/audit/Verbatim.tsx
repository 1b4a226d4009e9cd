import { Box, Code, Text } from "@mantine/core";

/** Recorded text verbatim, left to right in every language. */
export function Verbatim({ label, children }: { label: string; children: string }) {
  return (
    <Box component="figure" m={0} aria-label={label}>
      <Text component="figcaption" size="sm" fw={600} mb={4}>
        {label}
      </Text>
      <Code
        block
        dir="ltr"
        tabIndex={0}
        mah={280}
        style={{ whiteSpace: "pre-wrap", overflow: "auto" }}
      >
        {children}
      </Code>
    </Box>
  );
}
