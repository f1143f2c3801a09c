import { Box } from 'ink';
import type { Line } from '../format/line.ts';
import { cutLine, rule } from '../format/line.ts';
import { Lines } from './Lines.tsx';

/** A plain full-screen page: title, lines, footer, with rules between them where there is room. */
export function PageView(props: {
  readonly columns: number;
  readonly rows: number;
  readonly title: Line;
  readonly lines: readonly Line[];
  readonly footer: Line;
}) {
  const { columns, rows, title, lines, footer } = props;
  const rules = rows >= 14 ? [rule(columns)] : [];
  const height = rows - 2 - 2 * rules.length;
  return (
    <Box flexDirection="column" height={rows} width={columns} overflow="hidden">
      <Lines lines={[cutLine(title, columns), ...rules]} />
      <Box flexDirection="column" height={height} overflow="hidden" flexShrink={0}>
        <Lines lines={lines.slice(0, height).map((line) => cutLine(line, columns))} />
      </Box>
      <Lines lines={[...rules, footer]} />
    </Box>
  );
}
