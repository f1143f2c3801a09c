import { Box, Text } from 'ink';
import { createContext, memo, useContext } from 'react';
import type { Line } from '../format/line.ts';
import { isSameLine } from '../format/line.ts';
import { TONE_COLOURS, toAscii } from '../theme.ts';

/** Whether the terminal gets ASCII only. */
export const AsciiContext = createContext(false);

/** One line of styled text in one row: cut at the terminal's edge, never wrapped. */
export const LineText = memo(
  function LineText({ line }: { readonly line: Line }) {
    const isAscii = useContext(AsciiContext);
    return (
      <Text wrap="truncate">
        {line.length === 0 ? ' ' : null}
        {line.map((part, index) => (
          <Text
            // The parts of a line have no identity but their place.
            key={index}
            {...colour(part.tone)}
            bold={part.bold ?? false}
            inverse={part.inverse ?? false}
          >
            {isAscii ? toAscii(part.text) : part.text}
          </Text>
        ))}
      </Text>
    );
  },
  (before, after) => isSameLine(before.line, after.line),
);

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

function colour(tone: keyof typeof TONE_COLOURS | undefined): { color?: string } {
  const value = TONE_COLOURS[tone ?? 'plain'];
  return value === undefined ? {} : { color: value };
}
