import { Box, Text } from 'ink';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { UiState } from '../state/ui-state.ts';
import { spokenLines } from '../views/spoken-lines.ts';

/** The screen for screen readers: sentences, without boxes, bars and columns. */
export function SpokenScreen({ ui, live }: { readonly ui: UiState; readonly live: Snapshot }) {
  return (
    <Box flexDirection="column">
      {spokenLines(ui, live).map((line, index) => (
        <Text key={index}>{line}</Text>
      ))}
    </Box>
  );
}
