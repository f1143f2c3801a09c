import type { Mode, PolicyName } from '../core/model/decision.ts';
import { knownWords } from './did-you-mean.ts';
import type { Outside } from './layers.ts';
import type { Env } from './locate.ts';
import { ConfigError } from './problem.ts';

/** What flags can set of the configuration; null where a flag was not given. */
export interface ConfigFlags {
  readonly config: string | null;
  readonly stateDir: string | null;
  readonly policy: PolicyName | null;
  /** Upper bound: flags can only lower the mode. */
  readonly mode: Mode | null;
  readonly ascii: boolean | null;
  readonly fps: number | null;
  readonly screenReader: boolean | null;
}

/** No flag given. */
export const NO_FLAGS: ConfigFlags = {
  config: null,
  stateDir: null,
  policy: null,
  mode: null,
  ascii: null,
  fps: null,
  screenReader: null,
};

const MODES: readonly Mode[] = ['observe', 'ask', 'auto'];

/** Policy and mode from flags and `$ROLLWATCH_MODE`. Throws ConfigError for a mode that is none. */
export function outsideOf(flags: ConfigFlags, env: Env): Outside {
  const caps = [
    flags.mode === null ? null : { value: flags.mode, origin: 'flag --mode' },
    environmentMode(env['ROLLWATCH_MODE']),
  ].filter((cap) => cap !== null);
  return {
    policy: flags.policy === null ? null : { value: flags.policy, origin: 'flag --policy' },
    modeCap: caps.toSorted((a, b) => MODES.indexOf(a.value) - MODES.indexOf(b.value))[0] ?? null,
  };
}

function environmentMode(text: string | undefined): { readonly value: Mode; readonly origin: string } | null {
  if (!text) return null;
  const value = MODES.find((mode) => mode === text);
  if (value !== undefined) return { value, origin: 'environment ROLLWATCH_MODE' };
  const message = `expected one of ${MODES.join(', ')}, found "${text}"`;
  const place = { path: 'environment', line: null, column: null, key: 'ROLLWATCH_MODE' };
  throw new ConfigError([{ severity: 'error', ...place, message, fix: knownWords(text, MODES) }]);
}
