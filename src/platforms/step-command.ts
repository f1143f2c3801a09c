import { fileURLToPath } from 'node:url';
import type { CommandSpec } from '../core/model/rollback.ts';
import { FIXED_PATH } from './executable.ts';

/** What a step's process is given besides its call. */
export interface StepPlace {
  readonly cwd: string;
  readonly home: string;
  /** Names of variables handed on from rollwatch's own environment: credentials and where they lie. */
  readonly envFrom: readonly string[];
  readonly timeoutMs: number;
}

/** The command that makes one call of a platform in a process of its own; the call stands in argv and holds no secret. */
export function stepCommand(platform: string, call: object, place: StepPlace): CommandSpec {
  const { cwd, home, envFrom, timeoutMs } = place;
  return {
    argv: [process.execPath, stepEntry(), platform, JSON.stringify(call)],
    cwd,
    env: { PATH: FIXED_PATH, HOME: home, LANG: 'C.UTF-8' },
    envFrom,
    timeoutMs,
  };
}

/** The platform whose call a command is; null for every other command. */
export function stepPlatformOf({ argv }: CommandSpec): string | null {
  const [, entry, platform = null] = argv;
  return entry === stepEntry() ? platform : null;
}

/** The entry point's file: beside the bundle, or its source when this runs from source. */
export function stepEntry(moduleUrl: string = import.meta.url): string {
  return fileURLToPath(new URL(moduleUrl.endsWith('.ts') ? './step-main.ts' : './platform-step.mjs', moduleUrl));
}
