import { Box, Text } from 'ink';
import { MINIMUM } from '../views/layout.ts';

/** Says which size is needed, where nothing sensible fits. */
export function TooSmall({ columns, rows }: { readonly columns: number; readonly rows: number }) {
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Text wrap="truncate">{`rollwatch needs ${MINIMUM.columns}x${MINIMUM.rows}`}</Text>
      {rows > 1 ? <Text wrap="truncate">{`this is ${columns}x${rows}`}</Text> : null}
    </Box>
  );
}
