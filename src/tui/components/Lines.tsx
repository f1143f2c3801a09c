import { Box, Text } from 'ink';
import { createContext, memo, useContext } from 'react';
import type { Line } from '../format/line.ts';
import { painted } from '../format/paint.ts';

/** Whether the terminal gets ASCII only. */
export const AsciiContext = createContext(false);

/** One line of styled text in one row: cut at the terminal's edge, never wrapped. */
export function LineText({ line }: { readonly line: Line }) {
  return <RowText text={painted(line, useContext(AsciiContext)) || ' '} />;
}

// The styles are in the text: a text within a text for each of them would cost several times as much.
const RowText = memo(function RowText({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text}</Text>;
});

/** Lines from top to bottom, each in its own row; only those that changed are drawn again. */
export function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((line, index) => (
        <LineText key={index} line={line} />
      ))}
    </Box>
  );
}
