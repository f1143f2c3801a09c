import type { FileStat, OpenFile } from '../../ports/file-system.ts';
import type { ReadingContext } from './context.ts';
import type { ReadOutcome } from './line-reader.ts';
import type { Stretch } from './stretch.ts';

/** Reads on in an open file, one turn of blocks at most; `stat` is the look that led to it. */
export async function readTurn(
  context: ReadingContext,
  stretch: Stretch,
  stat: FileStat,
  file: OpenFile,
): Promise<ReadOutcome> {
  const { reader, sink, limits } = context;
  const seenBytes = stretch.seenBytes;
  stretch.note(stat);
  stretch.unread = true;
  let outcome: ReadOutcome = 'more';
  for (let i = 0; i < limits.blocksPerTurn && outcome === 'more'; i += 1) {
    outcome = await reader.read(stretch, file, stretch.path, sink);
  }
  // The size that was just seen is that of other content: it says nothing about what was lost.
  if (outcome === 'replaced') stretch.seenBytes = seenBytes;
  if (outcome === 'end') {
    stretch.seenBytes = Math.max(stretch.seenBytes, stretch.offsetBytes + stretch.pendingBytes);
    stretch.unread = false;
  }
  return outcome;
}
