import { createHash } from 'node:crypto';
import { createEngine } from '../../src/app/engine/engine.ts';
import type { Engine, EngineInput, EngineOptions } from '../../src/app/engine/types.ts';
import type { ActHistory, RollbackAbility, Standing } from '../../src/core/model/history.ts';
import type { Actor, Execution, Plan } from '../../src/core/model/rollback.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import type { PlanRequest } from '../../src/ports/platform.ts';
import { settings } from './judging.ts';

export const ANN: Actor = { kind: 'person', name: 'ann', via: 'uid 1000' };

/** Standing under which nothing holds `auto` back. */
export function standing(change: Partial<Standing> = {}): Standing {
  return { halted: null, configTrusted: true, leaseShared: true, stateIntact: true, readOnly: false, ...change };
}

export function history(change: Partial<ActHistory> = {}): ActHistory {
  return { rollbacks: [], versions: [], inFlight: null, humanDecided: [], ...change };
}

export const ABLE: RollbackAbility = { configured: true, hasVersionReader: true, hasVerify: true };

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A plan of one command; `dryRun` unless said otherwise is false. */
export function plan(request: PlanRequest, change: Partial<Plan> = {}): Plan {
  const command = { argv: ['/opt/rollback', '--to', request.toVersion], cwd: '/', env: {}, timeoutMs: 60_000 };
  return {
    id: hash(`${request.pipeline}|${request.deploymentId}|${request.fromVersion}|${request.toVersion}`),
    pipeline: request.pipeline,
    environment: request.environment,
    deploymentId: request.deploymentId,
    target: { platform: 'shell', id: `box/${request.pipeline}`, text: `box ${request.pipeline}` },
    fromVersion: request.fromVersion,
    toVersion: request.toVersion,
    strategy: 'full',
    steps: [{ index: 0, text: 'roll back', command }],
    verify: { versionCommand: command, verifyCommand: command, healthAtLeast: 80, healthForMs: 1, withinMs: 1 },
    dryRun: false,
    dryRunBecause: null,
    notUndone: [],
    ...change,
  };
}

export function execution(proposalId: string, of: Plan, change: Partial<Execution> = {}): Execution {
  return {
    id: `${of.id}-1`,
    planId: of.id,
    proposalId,
    pipeline: of.pipeline,
    attempt: 1,
    state: 'executing',
    stepIndex: 0,
    dryRun: of.dryRun,
    fromVersion: of.fromVersion,
    toVersion: of.toVersion,
    startedAtMs: 0,
    endedAtMs: null,
    exitCode: null,
    text: '',
    outputTail: [],
    by: ANN,
    ...change,
  };
}

export function engineOptions(change: Partial<EngineOptions> = {}): EngineOptions {
  return {
    settings: (pipeline) => settings({}, pipeline),
    ability: () => ABLE,
    plan: (request) => plan(request),
    risk: () => null,
    hash,
    replayed: false,
    historyRows: 2000,
    ...change,
  };
}

/** An engine that keeps the events it gave. */
export function recordedEngine(change: Partial<EngineOptions> = {}): {
  readonly engine: Engine;
  readonly events: SessionEvent[];
  readonly give: (input: EngineInput) => readonly SessionEvent[];
} {
  const engine = createEngine(engineOptions(change));
  const events: SessionEvent[] = [];
  return {
    engine,
    events,
    give(input) {
      const output = engine.advance(input);
      events.push(...output.events);
      return output.events;
    },
  };
}
