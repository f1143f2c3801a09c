import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryFileSystem } from '../../../fakes/memory-file-system.ts';
import { RandomWriter, seeded } from '../../../fakes/random-writer.ts';
import { Harness } from './harness.ts';

const PATH = '/logs/metrics_a.csv';
const ACTS = [
  'append',
  'append',
  'append',
  'rotate',
  'copyTruncate',
  'cut',
  'remove',
  'clean',
  'restart',
  'wait',
] as const;

interface World {
  readonly reuseInodes: boolean;
  readonly dated: boolean;
  readonly maxOpenFiles: number;
  readonly blockBytes: number;
  /** Chance that the writer acts between two calls of the reader. */
  readonly raceRatio: number;
  readonly seed: number;
}

const worlds: fc.Arbitrary<World> = fc.record({
  reuseInodes: fc.boolean(),
  dated: fc.boolean(),
  maxOpenFiles: fc.constantFrom(0, 1, 64),
  blockBytes: fc.constantFrom(64, 257, 4096),
  raceRatio: fc.constantFrom(0, 0.05, 0.3),
  seed: fc.nat(),
});
const acts = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.nat()), { minLength: 1, maxLength: 25 });

async function run(world: World, script: readonly (readonly [(typeof ACTS)[number], number])[]): Promise<void> {
  const fs = new MemoryFileSystem(world.reuseInodes);
  const writer = new RandomWriter(fs, PATH, world.dated);
  const limits = { maxOpenFiles: world.maxOpenFiles, blockBytes: world.blockBytes };
  const harness = new Harness(fs, ['/logs'], limits);
  const race = seeded(world.seed);
  /** A reader that is told to catch up must be allowed to: what was never seen cannot be read. */
  const read = async (raceRatio: number): Promise<void> => {
    let left = 10;
    fs.beforeCall = () => {
      if (left <= 0 || race() >= raceRatio) return;
      left -= 1;
      if (race() < 0.8) writer.append(race);
      else writer.rotate(race);
    };
    await harness.poll();
    fs.beforeCall = null;
  };
  let lossKnown = true;
  writer.append(race);
  await read(0);
  for (const [act, seed] of script) {
    const random = seeded(seed);
    const held = world.maxOpenFiles > 1;
    if (act === 'remove' && !held) {
      // Without an open file, what is written just before the removal cannot be read; it is reported as unknown.
      writer.completeRow(true);
      lossKnown = false;
    }
    if (act === 'copyTruncate' || act === 'cut' || act === 'remove' || act === 'clean') await read(0);
    if (act === 'restart') await harness.restart();
    else if (act === 'wait') harness.monotonicMs += Math.floor(random() * 15_000);
    else if (act === 'clean') writer.clean();
    else writer[act](random);
    if (act === 'cut') await read(0);
    if (act === 'remove') {
      // Sometimes away for so long that it counts as gone. Then it is seen before more happens to it: what is
      // rotated away before its first look is history.
      if (random() < 0.5) await read(0);
      if (random() < 0.5) harness.monotonicMs += 5_000;
      if (random() < 0.5) await read(0);
      writer.append(random);
      await read(0);
    }
    if (random() < 0.7) await read(world.raceRatio);
  }
  // Something stands at the path at the end: a name that is not there is not known to a reader that just started.
  writer.append(race);
  await read(0);
  writer.completeRow(true);
  await harness.finish();
  expect(harness.collector.linesOf(PATH)).toEqual(writer.rows);
  expect([...harness.collector.lines.keys()].every((path) => path === PATH)).toBe(true);
  if (lossKnown) {
    expect(harness.collector.lostBytes).toBeGreaterThanOrEqual(writer.lostBytes);
    expect(harness.collector.lostBytes).toBeLessThanOrEqual(writer.lostBytes + writer.maybeLostBytes);
  }
  expect(fs.openCount).toBe(0);
}

test('rows in are rows out, in order and once, whatever the writer does between any two calls', async () => {
  await fc.assert(fc.asyncProperty(worlds, acts, run), { numRuns: Number(process.env['ROLLWATCH_RUNS'] ?? 3000) });
}, 60_000);
