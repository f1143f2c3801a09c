import { createFileSource } from '../../src/sources/file/index.ts';
import type { Counted } from './contenders.ts';
import { createVerdicts } from './verdicts.ts';

/** Reads a log with the real source and all stages behind it, up to a verdict. Throws when it finds none of the spikes. */
export async function judgeFile(path: string): Promise<Counted> {
  let rows = 0;
  const verdicts = createVerdicts((batch) => {
    rows += batch.rowCount;
  });
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
  const source = createFileSource({ paths: [path], clock, once: true });
  await source.start(verdicts.ingest);
  await source.stop();
  const anomalies = verdicts.settle();
  if (anomalies === 0) throw new Error('the spikes in the log were not found');
  return { rows, anomalies };
}
