import { appendFileSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../ports/clock.ts';
import { appendMarkers, logPath, readVersions, writeVersion, type DemoFolder } from './folder.ts';
import type { World } from './world.ts';

const ROW_MS = 1_000;
/** After a longer pause (a laptop that slept) the world goes on at the present instead of filling the gap. */
const LONGEST_CATCH_UP_MS = 10_000;

/** Writes what was before the start: logs, version files, earlier markers. */
export function writeHistory(folder: DemoFolder, world: World): void {
  const { logs, markers } = world.history();
  for (const pipeline of world.fleet) {
    const log = logs.find((one) => one.pipeline === pipeline.name);
    writeFileSync(logPath(folder, pipeline), log?.text ?? '', { mode: 0o600 });
    writeVersion(folder, pipeline.name, pipeline.version);
  }
  appendMarkers(folder, markers);
}

/** Lets the world happen: call it often, it writes what has become due. */
export interface Runner {
  /** Appends every row and makes every deployment due by now. */
  advance(): void;
}

/** Makes the runner of a world whose first live row is at `startMs`. */
export function createRunner(folder: DemoFolder, world: World, startMs: number, clock: Clock): Runner {
  let nextMs = startMs;
  return {
    advance() {
      const nowMs = clock.nowMs();
      if (nowMs - nextMs > LONGEST_CATCH_UP_MS) nextMs += Math.floor((nowMs - nextMs) / ROW_MS) * ROW_MS;
      for (; nextMs <= nowMs; nextMs += ROW_MS) stepOnce(folder, world, nextMs);
    },
  };
}

function stepOnce(folder: DemoFolder, world: World, atMs: number): void {
  const { rows, deployments } = world.step(atMs, readVersions(folder, world.fleet));
  for (const pipeline of world.fleet) {
    const row = rows.find((one) => one.pipeline === pipeline.name);
    if (row !== undefined) appendFileSync(logPath(folder, pipeline), row.text);
  }
  for (const due of deployments) {
    writeVersion(folder, due.pipeline, due.version);
    appendMarkers(folder, due.marker);
  }
}
