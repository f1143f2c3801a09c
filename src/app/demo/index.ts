import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, type LoadedConfig } from '../../config/load.ts';
import type { Env } from '../../config/locate.ts';
import type { ConfigFlags } from '../../config/outside.ts';
import { recordTrust } from '../../config/trust.ts';
import { trustSubject } from '../../config/trust-subject.ts';
import type { Clock } from '../../ports/clock.ts';
import { configText } from './config-text.ts';
import { makeFolder } from './folder.ts';
import { createRunner, writeHistory } from './runner.ts';
import { createWorld } from './world.ts';

/** What a demo is prepared with. */
export interface DemoOptions {
  /** The same seed plays the same demo. */
  readonly seed: number;
  /** Folder in which the demo's own folder is made; usually the system's temporary one. */
  readonly parent: string;
  /** The environment of the process; the demo keeps its own state and trust beside it. */
  readonly env: Env;
  /** What the command line sets; config and state directory are the demo's own whatever it says. */
  readonly flags: ConfigFlags;
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
  /** The demo's own configuration, loaded and trusted. */
  readonly config: LoadedConfig;
  /** The environment to watch with: its records of trust lie in the demo's folder, the user's own stay untouched. */
  readonly env: Env;
  /** Lets time pass: rows are appended, deployments happen. */
  start(): void;
  /** Nothing is written any more. */
  stop(): void;
  /** Stops and removes the folder with everything in it. */
  cleanup(): void;
}

const LOOK_EVERY_MS = 250;

/** Makes the folder of a demo: logs with an hour of history, version files, a rollback script, a config that is trusted. */
export async function prepareDemo(options: DemoOptions): Promise<DemoWorld> {
  const { clock, onProblem } = options;
  const folder = makeFolder(options.parent);
  const env = ownEnvironment(options.env, path.join(folder.root, 'home'));
  const flags = { ...options.flags, config: folder.configPath, stateDir: folder.stateDir };
  writeFileSync(folder.configPath, configText(folder), { mode: 0o600 });
  const config = await loadConfig({ flags, env, cwd: folder.root });
  const uid = process.getuid?.() ?? 0;
  recordTrust(trustSubject(config, env), { env, uid }, 'rollwatch demo', clock.nowMs());

  const startMs = Math.floor(clock.nowMs() / 1000) * 1000;
  const world = createWorld(options.seed, startMs);
  writeHistory(folder, world);
  const runner = createRunner(folder, world, startMs, clock);
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
      onProblem(`The demo's world stands still: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return {
    folder: folder.root,
    configPath: folder.configPath,
    stateDir: folder.stateDir,
    paths: [folder.logs],
    config,
    env,
    start() {
      timer ??= setInterval(look, LOOK_EVERY_MS);
      look();
    },
    stop,
    cleanup() {
      stop();
      // A rollback that was running when the operator left may still write for a moment.
      rmSync(folder.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/** Without the variables that set up rollwatch itself: they are about the user's real pipelines. */
function ownEnvironment(env: Env, stateHome: string): Env {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('ROLLWATCH_'));
  return { ...Object.fromEntries(others), XDG_STATE_HOME: stateHome };
}
