import { Box, Text, render, useInput } from 'ink';
import { Table } from 'ink-table';
import { ROWS } from './rows.ts';

/** The least that draws the same table with Ink: static data, no engine, no files. */
function App() {
  useInput(() => undefined);
  const data = ROWS.map((row) => ({ ...row }));
  return (
    <Box flexDirection="column" height={30}>
      <Text> rollwatch {ROWS.length} pipelines</Text>
      <Text>{'─'.repeat(120)}</Text>
      <Table data={data} cell={Text} header={Text} skeleton={() => null} />
      <Box flexGrow={1} />
      <Text>{'─'.repeat(120)}</Text>
      <Text> j/k move enter open r roll back n next alarm / filter s sort f freeze a audit ? help q quit</Text>
    </Box>
  );
}

render(<App />, { alternateScreen: true, incrementalRendering: true, maxFps: 10, patchConsole: false });
