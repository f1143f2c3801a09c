import { Box, Text } from 'ink';
import type { Frame } from '../frames/frame.ts';
import { plainText } from '../format/line.ts';

/** Draws a frame of sentences for screen readers, without boxes, bars and columns. */
export function SpokenScreen({ frame }: { readonly frame: Frame }) {
  return (
    <Box flexDirection="column">
      {frame.head.map((line, index) => (
        <Text key={index}>{plainText(line)}</Text>
      ))}
    </Box>
  );
}
