/** A chart with a title, a text alternative and the data as a table. */
import { Box, Paper, Table, Text, Title, useDirection } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useId } from "react";
import { useIntl } from "react-intl";
import { useText } from "~/intl/useText";
import { type Frame, type Scale, scaleOf } from "./geometry";

const HEIGHT = 150;

interface Props {
  readonly title: string;
  /** The text alternative. */
  readonly sentence: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
  /** The plot itself, in a frame as wide as there is room. */
  readonly children: (frame: Frame) => ReactNode;
}

export function Figure({ title, sentence, head, rows, children }: Props) {
  const t = useText();
  const id = useId();
  const { ref, width } = useElementSize();
  const { dir } = useDirection();
  const frame = { width, height: HEIGHT, side: 44, foot: 22, head: 8, mirrored: dir === "rtl" };
  return (
    <Paper component="figure" withBorder p="sm" m={0}>
      <figcaption>
        <Title order={2} size="h5">
          {title}
        </Title>
        <Text size="sm" c="dimmed" mb="xs">
          {sentence}
        </Text>
      </figcaption>
      <Box ref={ref} h={HEIGHT}>
        {width > 0 && (
          <svg
            role="img"
            aria-labelledby={`${id}-title ${id}-sentence`}
            width={width}
            height={HEIGHT}
            direction={dir}
          >
            <title id={`${id}-title`}>{title}</title>
            <desc id={`${id}-sentence`}>{sentence}</desc>
            {children(frame)}
          </svg>
        )}
      </Box>
      <details>
        <summary>
          <Text span size="sm">
            {t("audit.chart.table")}
          </Text>
        </summary>
        <Table.ScrollContainer minWidth={240} maxHeight={260} type="native" tabIndex={0}>
          <Table aria-label={title} verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                {head.map((name, column) => (
                  <Table.Th key={name} ta={column ? "end" : "start"}>
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  {row.cells.map((cell, column) => (
                    <Table.Td key={head[column]} ta={column ? "end" : "start"}>
                      {cell}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </details>
    </Paper>
  );
}

const LABEL = { fontSize: 11, fill: "var(--mantine-color-dimmed)" };

interface AxesProps {
  readonly frame: Frame;
  readonly top: number;
  /** Labels below the first and the last value. */
  readonly ends: readonly [string, string];
}

/**
 * Nothing, half and the top as lines, and both ends of what runs along. What is the start of a text
 * and what its end follows from the direction in which the language runs, as the plot does.
 */
export function Axes({ frame, top, ends }: AxesProps) {
  const intl = useIntl();
  const { x, y }: Scale = scaleOf(frame, [0, 1], top);
  const levels = top > 1 ? [0, top / 2, top] : [0, top];
  const beside = x(0) + (frame.mirrored ? 6 : -6);
  return (
    <g aria-hidden>
      {levels.map((level) => (
        <g key={level}>
          <line
            x1={x(0)}
            x2={x(1)}
            y1={y(level)}
            y2={y(level)}
            stroke="var(--mantine-color-default-border)"
          />
          <text x={beside} y={y(level) + 4} textAnchor="end" style={LABEL}>
            {intl.formatNumber(level, { notation: "compact" })}
          </text>
        </g>
      ))}
      <text x={x(0)} y={frame.height - 4} textAnchor="start" style={LABEL}>
        {ends[0]}
      </text>
      <text x={x(1)} y={frame.height - 4} textAnchor="end" style={LABEL}>
        {ends[1]}
      </text>
    </g>
  );
}
