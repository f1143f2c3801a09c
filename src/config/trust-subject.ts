import { hostIdentity } from '../platforms/host.ts';
import type { LoadedConfig } from './load.ts';
import type { Env } from './locate.ts';
import type { TrustSubject } from './trust.ts';

/** What of a config is trusted: its bytes and the files it would run. Throws PlanError for one that cannot be run. */
export function trustSubject(config: LoadedConfig, env: Env): TrustSubject {
  const context = { host: hostIdentity(), home: env['HOME'] ?? '/', dryRunBecause: null };
  return { path: config.path, hash: config.hash, executables: config.executables(context) };
}
