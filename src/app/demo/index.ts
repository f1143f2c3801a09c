import { rmSync, writeFileSync } from 'node:fs';
import { configText } from './config-text.ts';
import { makeFolder } from './folder.ts';
import { createRunner, writeHistory } from './runner.ts';
import { createWorld } from './world.ts';
import type { Clock } from '../../ports/clock.ts';

/** What a demo is prepared with. */
export interface DemoOptions {
  /** The same seed plays the same demo. */
  readonly seed: number;
  /** Folder in which the demo's own folder is made; usually the system's temporary one. */
  readonly parent: string;
  readonly clock: Clock;
  /** Told once when the world can no longer be written; the world then stands still. */
  readonly onProblem: (problem: string) => void;
}

/** A world that is ready to be watched: all its files are there, nothing happens before `start`. */
export interface DemoWorld {
  readonly folder: string;
  readonly configPath: string;
  readonly stateDir: string;
  /** What to watch: the folder of the logs. */
  readonly paths: readonly string[];
  /** Lets time pass: rows are appended, deployments happen. */
  start(): void;
  /** Nothing is written any more. */
  stop(): void;
  /** Stops and removes the folder with everything in it. */
  cleanup(): void;
}

const LOOK_EVERY_MS = 250;

/** Makes the folder of a demo: logs with an hour of history, version files, a rollback script and a config. */
export function prepareDemo(options: DemoOptions): DemoWorld {
  const folder = makeFolder(options.parent);
  writeFileSync(folder.configPath, configText(folder), { mode: 0o600 });
  const startMs = Math.floor(options.clock.nowMs() / 1000) * 1000;
  const world = createWorld(options.seed, startMs);
  writeHistory(folder, world);
  const runner = createRunner(folder, world, startMs, options.clock);
  let timer: NodeJS.Timeout | null = null;

  function stop(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
  }
  function look(): void {
    try {
      runner.advance();
    } catch (error) {
      stop();
      options.onProblem(`The demo's world stands still: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return {
    folder: folder.root,
    configPath: folder.configPath,
    stateDir: folder.stateDir,
    paths: [folder.logs],
    start() {
      if (timer === null) timer = setInterval(look, LOOK_EVERY_MS);
      look();
    },
    stop,
    cleanup() {
      stop();
      rmSync(folder.root, { recursive: true, force: true });
    },
  };
}
