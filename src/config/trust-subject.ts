import { hostIdentity } from '../platforms/host.ts';
import { PlanError } from '../ports/platform.ts';
import type { LoadedConfig } from './load.ts';
import type { Env } from './locate.ts';
import { trustOf, type TrustState, type TrustSubject } from './trust.ts';

/** What of a config is trusted: its bytes and the files it would run. Throws PlanError for one that cannot be run. */
export function trustSubject(config: LoadedConfig, env: Env): TrustSubject {
  const context = { host: hostIdentity(), home: env['HOME'] ?? '/', dryRunBecause: null };
  return { path: config.path, hash: config.hash, executables: config.executables(context) };
}

/** May rollwatch run what this config names? Read afresh at every call; never throws for a config that cannot be trusted. */
export function trustOfConfig(config: LoadedConfig, env: Env): TrustState {
  try {
    return trustOf(trustSubject(config, env), { env, uid: process.getuid?.() ?? 0 });
  } catch (error) {
    if (error instanceof PlanError) return { trusted: false, text: error.message, changed: [] };
    throw error;
  }
}
