import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

/** The environment variables of a process. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where a config was looked for and why there. */
export interface ConfigPlace {
  readonly path: string;
  readonly why: string;
  /** Named by the operator: it must be there. */
  readonly required: boolean;
}

/**
 * The places a config is looked for, strongest first: `--config`, `$ROLLWATCH_CONFIG`, `./rollwatch.yaml`,
 * `$XDG_CONFIG_HOME/rollwatch/rollwatch.yaml` (`~/.config` if not set), `/etc/rollwatch/rollwatch.yaml`. The first that is there is the only one read.
 */
export function configPlaces(flag: string | null, env: Env, cwd: string): readonly ConfigPlace[] {
  if (flag !== null) return [{ path: resolve(cwd, flag), why: 'flag --config', required: true }];
  const named = env['ROLLWATCH_CONFIG'];
  if (named) return [{ path: resolve(cwd, named), why: 'environment ROLLWATCH_CONFIG', required: true }];
  const own = xdgFolder(env, 'XDG_CONFIG_HOME', '.config');
  const optional = [
    { path: join(cwd, 'rollwatch.yaml'), why: 'the working directory' },
    ...(own === null ? [] : [{ path: join(own, 'rollwatch', 'rollwatch.yaml'), why: 'the configuration of the user' }]),
    { path: '/etc/rollwatch/rollwatch.yaml', why: 'the configuration of the box' },
  ];
  return optional.map((place) => ({ ...place, required: false }));
}

/** The config to read; null when there is none. A required one is returned whether it is there or not. */
export function locateConfig(flag: string | null, env: Env, cwd: string): ConfigPlace | null {
  return configPlaces(flag, env, cwd).find((place) => place.required || existsSync(place.path)) ?? null;
}

/** A folder of the XDG base directory specification: relative values are ignored, as it demands; null without a home. */
export function xdgFolder(env: Env, variable: string, underHome: string): string | null {
  const set = env[variable];
  if (set && isAbsolute(set)) return set;
  const home = env['HOME'];
  return home && isAbsolute(home) ? join(home, underHome) : null;
}
