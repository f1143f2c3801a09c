import { homedir } from 'node:os';
import { join } from 'node:path';
import { trustOfConfig } from '../../config/trust-subject.ts';
import type { LoadedConfig } from '../../config/load.ts';
import type { ServiceGroup } from '../../core/model/group.ts';
import type { Standing } from '../../core/model/history.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { Risk } from '../../core/model/risk.ts';
import type { Actor } from '../../core/model/rollback.ts';
import { hostIdentity } from '../../platforms/host.ts';
import type { Clock } from '../../ports/clock.ts';
import { createLogFile, type LogEntry } from '../../store/log-file.ts';
import { currentPerson } from '../executor/holder.ts';
import { redactSecrets } from '../executor/redact.ts';
import { readHalt } from '../halt.ts';
import { readSilences } from '../silence.ts';
import { createDeploymentRisk, riskPlaces } from '../risk/deployment-risk.ts';
import { createScout, type Scout } from '../rollback/scout.ts';
import type { WatchContext, WatchOptions } from './options.ts';
import { createPlans, type Plans } from './plans.ts';
import { rehearsalPlans, rehearsalStore } from './rehearsal.ts';
import { createStanding } from './standing.ts';
import { openStatePlace, type StatePlace } from './state-place.ts';

/** What a session is made of, opened and ready. */
export interface SessionParts {
  readonly config: LoadedConfig;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly place: StatePlace;
  readonly plans: Plans;
  /** Finds out what a rollback will not undo. */
  readonly scout: Scout;
  readonly person: Actor;
  readonly standing: (when?: 'fresh') => Standing;
  readonly risk: (deployment: Deployment) => Risk | null;
  /** Services whose rollback is one question. */
  readonly groups: readonly ServiceGroup[];
  readonly readOnly: boolean;
  readonly replayed: boolean;
  readonly log: (entry: LogEntry) => void;
  close(): void;
}

const LOG_BYTES = 4 * 1024 * 1024;
const LOGS_KEPT = 3;

/** What tells how earlier deployments ended, and how many such records are read. */
const OUTCOMES = [
  'deployment-observed',
  'verdict-changed',
  'proposal-opened',
  'execution-changed',
  'human-rollback',
  'external-rollback',
];
const OUTCOMES_READ = 5000;

/** Opens everything a session needs. Throws StoreError for a state directory that was named and cannot be used. */
export async function openParts(options: WatchOptions, context: WatchContext, clock: Clock): Promise<SessionParts> {
  const { config } = options;
  const { env } = context;
  const opened = await openStatePlace({ config, env, clock, temporaryBecause: temporaryBecause(options) });
  const rehearses = options.dryRun || options.readOnly;
  const place = rehearses ? { ...opened, store: rehearsalStore(opened.store, options.readOnly) } : opened;
  const log = createLogFile({
    path: join(place.dir.path, 'rollwatch.log'),
    mode: place.dir.fileMode,
    maxBytes: LOG_BYTES,
    keep: LOGS_KEPT,
    nowMs: () => clock.nowMs(),
    redact: (line) => redactSecrets(line),
  });
  const rollbacks = { host: hostIdentity(), home: env['HOME'] ?? homedir() };
  const idle = dryRunBecause(options, place);
  const plans = createPlans(config, rollbacks, idle);
  const standing = createStanding(
    {
      halted: () => readHalt(place.dir)?.reason ?? null,
      silences: () => readSilences(place.dir, clock.nowMs()),
      trusted: () => trustOfConfig(config, env).trusted,
      store: place.temporaryBecause === null ? place.store : null,
      readOnly: options.readOnly,
    },
    () => clock.monotonicMs(),
  );
  const scout = createScout({
    env,
    platform: (pipeline) => plans.platform(pipeline),
    rollbackFor: (pipeline) => config.rollbackFor(pipeline),
    store: place.store,
    nowMs: () => clock.nowMs(),
    whyNot: () =>
      idle ?? (standing('fresh').configTrusted ? null : 'the config is not trusted (rollwatch config trust)'),
  });
  return {
    config,
    clock,
    env,
    place,
    // A session that runs nothing has nothing to wait for.
    scout: { ...scout, inquires: (pipeline) => idle === null && scout.inquires(pipeline) },
    plans: rehearses ? rehearsalPlans(plans) : plans,
    person: currentPerson(env),
    standing,
    risk: createDeploymentRisk(
      riskPlaces(
        context.cwd,
        context.packageRoot,
        () => place.store.list({ types: OUTCOMES, limit: OUTCOMES_READ }),
        (text) => log.write({ level: 'warn', text }),
      ),
    ),
    groups: config.groups,
    readOnly: options.readOnly,
    replayed: options.replay,
    log: (entry) => log.write(entry),
    close() {
      log.close();
      place.close();
    },
  };
}

function temporaryBecause(options: WatchOptions): string | null {
  if (options.noState) return 'state is kept in memory only (--no-state)';
  if (options.replay) return 'a replay keeps no state';
  return options.once ? 'a single look keeps no state' : null;
}

function dryRunBecause(options: WatchOptions, place: StatePlace): string | null {
  if (options.dryRun) return 'asked for with --dry-run';
  if (options.readOnly) return 'read-only';
  return options.replay ? 'recorded samples are being replayed' : place.temporaryBecause;
}
