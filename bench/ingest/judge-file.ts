import { createFileSource } from '../../src/sources/file/index.ts';
import type { Counted } from './contenders.ts';
import { createVerdicts } from './verdicts.ts';

/** Reads a log with the real source and all stages behind it, up to a verdict. Throws when the spike in its last row is not found. */
export async function judgeFile(path: string): Promise<Counted> {
  let rows = 0;
  const verdicts = createVerdicts((batch) => {
    rows += batch.rowCount;
  });
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
  const source = createFileSource({ paths: [path], clock, once: true });
  await source.start(verdicts.ingest);
  await source.stop();
  const [pipeline] = verdicts.settle();
  const found = pipeline?.sparks.some(({ flags }) => flags.at(-1) === 1) ?? false;
  if (!found) throw new Error(`the spike was not found: ${pipeline?.verdict.text ?? 'no verdict'}`);
  return { rows };
}
