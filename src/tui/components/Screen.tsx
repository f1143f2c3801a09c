import { Box } from 'ink';
import type { Frame } from '../frames/frame.ts';
import { FleetTable } from './FleetTable.tsx';
import { AsciiContext, Lines } from './Lines.tsx';

/** Draws a frame, exactly as high as the terminal: what is at the bottom stays there, what is too long is cut. */
export function Screen({ frame, isAscii }: { readonly frame: Frame; readonly isAscii: boolean }) {
  const { columns, rows, head, table, foot } = frame;
  return (
    <AsciiContext value={isAscii}>
      <Box flexDirection="column" height={rows} width={columns} overflow="hidden">
        <Lines lines={head} />
        {table === null ? (
          <Box flexGrow={1} />
        ) : (
          <Box flexDirection="column" height={table.rows} overflow="hidden" flexShrink={0}>
            <FleetTable grid={table.grid} />
          </Box>
        )}
        <Lines lines={foot} />
      </Box>
    </AsciiContext>
  );
}
