import { createHash } from 'node:crypto';
import type { Inquiry } from '../../core/model/findings.ts';
import type { Execution } from '../../core/model/rollback.ts';
import { momentText } from '../../core/model/time.ts';
import { confirmName } from '../../core/model/group-proposal.ts';
import type { CommandResult, SessionCommand } from '../../core/session/command.ts';
import type { StampedEvent } from '../../core/session/event.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import { createEngine } from '../engine/engine.ts';
import type { Engine, Focus } from '../engine/types.ts';
import { createGroupExecutor } from '../group-rollback/index.ts';
import { createExecutor, type Statement } from '../executor/index.ts';
import { currentHolder } from '../executor/holder.ts';
import { redactSecrets } from '../executor/redact.ts';
import { servedPercent } from '../rollback/served-percent.ts';
import { addSilence } from '../silence.ts';
import { createJourney, type Journey } from './journey.ts';
import { createOwnActs, type OpenActs } from './own-acts.ts';
import type { SessionParts } from './parts.ts';
import { supervisorEntry } from './supervisor-entry.ts';

/** A running watch without its feed: engine, audit and executor, and what a screen talks to. */
export interface Session {
  readonly journey: Journey;
  /** Settles and follows what earlier sessions left; goes on by itself. */
  reconcile(): void;
  snapshot(): Snapshot;
  send(command: SessionCommand): Promise<CommandResult>;
  /** Ends an execution whose end is unknown, on a person's word. See `Executor.resolve`. */
  resolve(executionId: string, says: Statement | null): Promise<Execution>;
  /** Calls back after every event and every change of an execution's output. */
  subscribe(listener: (stamped: StampedEvent | null) => void): () => void;
  /** What this process began and has not seen the end of. */
  open(): OpenActs;
  /** The store is about to be closed: what is still followed is followed no longer. */
  end(): void;
}

/** Minutes of one-second samples; slower series reach further back. */
const HISTORY_ROWS = 8_000;
const NO_FOCUS: Focus = { pipeline: null, metric: null };

/** Connects engine, store and executor. */
export function createSession(parts: SessionParts): Session {
  const { clock, place, person } = parts;
  const nowMs = (): number => clock.nowMs();
  const engine = engineOf(parts);
  const listeners = new Set<(stamped: StampedEvent | null) => void>();
  const tell = (stamped: StampedEvent | null): void => listeners.forEach((listener) => listener(stamped));
  /** Output of running steps: shown, not recorded. */
  const progress = new Map<string, Execution>();
  const own = createOwnActs();
  let ended = false;
  let focus = NO_FOCUS;

  const executor = createExecutor({
    store: place.store,
    clock,
    stateDir: place.dir,
    standing: () => parts.standing('fresh'),
    verdictOf: (pipeline) => engine.verdict(pipeline, nowMs()),
    samplesOf: (pipeline, version, sinceMs) => engine.samples(pipeline, version, sinceMs),
    supervisorEntry: supervisorEntry(),
    holder: currentHolder(),
    redact: (text) => redactSecrets(text),
    env: parts.env,
    onHoldExpired: ({ pipeline }) => askAgain(pipeline),
    onChange(execution, kind) {
      if (ended) return;
      own.changed(execution);
      progress.set(execution.id, execution);
      if (kind === 'state') journey.take({ type: 'execution', nowMs: nowMs(), execution });
      else tell(null);
    },
  });

  const groups = createGroupExecutor({
    executor,
    store: place.store,
    clock,
    stateDir: place.dir,
    verdictOf: (pipeline) => engine.verdict(pipeline, nowMs()),
    onChange: (group) => ended || journey.take({ type: 'group', nowMs: nowMs(), group }),
    onHoldExpired(run) {
      // What is left of the group asks again; what went back is no part of it any more.
      const left = run.steps.find(({ state }) => state === 'waiting');
      if (left !== undefined) askAgain(left.pipeline);
    },
  });

  function askAgain(pipeline: string): void {
    // The question goes to whoever looks; nobody has asked for it, so nothing is answered.
    const by = { kind: 'system', name: 'rollwatch', via: 'an expired hold' } as const;
    journey.take({ type: 'command', nowMs: nowMs(), command: { type: 'propose', pipeline }, by });
  }

  const journey = createJourney({
    engine,
    store: place.store,
    nowMs,
    onApproved(proposal, approval) {
      const what = `the rollback of ${confirmName(proposal)}`;
      own.begin(proposal);
      const act = proposal.group === undefined ? executor : groups;
      void act
        .execute(proposal, approval)
        .catch((error: unknown) => failed(what, error))
        .finally(() => own.over(proposal));
    },
    onInquiry: (inquiry) =>
      void find(inquiry).catch((error: unknown) => failed('finding out what a rollback will not undo', error)),
  });
  journey.subscribe(tell);

  async function find(inquiry: Inquiry): Promise<void> {
    const findings = await parts.scout.find(inquiry);
    if (ended) return;
    journey.take({ type: 'findings', nowMs: nowMs(), findings });
    tell(null);
  }

  function failed(what: string, error: unknown): void {
    // Without a store the next record fails; what was begun is found again by the next start.
    if (ended) return;
    const text = `${what} failed: ${error instanceof Error ? error.message : String(error)}`;
    parts.log({ level: 'error', text });
    journey.take({ type: 'hint', nowMs: nowMs(), text });
  }

  function silence({ pipeline, forMs, reason }: Extract<SessionCommand, { readonly type: 'silence' }>): CommandResult {
    try {
      const made = addSilence(place.dir, { pipeline, forMs, reason, by: person }, nowMs());
      journey.note({ type: 'silenced', by: person, silence: made });
      // At once: what fails before the next pulse is silenced already.
      journey.take({
        type: 'facts',
        nowMs: nowMs(),
        history: place.store.history(nowMs()),
        standing: parts.standing(),
      });
      return { ok: true, text: `silenced until ${momentText(made.untilMs, nowMs())}: ${made.reason}` };
    } catch (error) {
      return { ok: false, text: error instanceof Error ? error.message : String(error) };
    }
  }

  return {
    journey,
    reconcile() {
      void executor
        .reconcile()
        .then(() => groups.settle())
        .catch((error: unknown) => failed('settling what earlier sessions left', error));
    },
    snapshot() {
      const snapshot = engine.snapshot(nowMs(), journey.state(), focus);
      const executions = snapshot.executions.map((one) => newest(one, progress.get(one.id)));
      return { ...snapshot, executions };
    },
    async send(command) {
      if (command.type === 'focus') {
        focus = { pipeline: command.pipeline, metric: command.metric };
        tell(null);
        return { ok: true, text: '' };
      }
      if (parts.readOnly && command.type !== 'look') {
        return { ok: false, text: 'read-only: nothing can be answered here' };
      }
      if (command.type === 'silence') return silence(command);
      return journey.take({ type: 'command', nowMs: nowMs(), command, by: person }) ?? UNANSWERED;
    },
    resolve: (executionId, says) => executor.resolve(executionId, person, says),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: () => own.open(),
    end() {
      ended = true;
    },
  };
}

const UNANSWERED: CommandResult = { ok: false, text: 'the engine gave no answer' };

/** Progress is newer than the last recorded state, but never resurrects an execution that has ended. */
function newest(recorded: Execution, running: Execution | undefined): Execution {
  return running === undefined || recorded.endedAtMs !== null ? recorded : running;
}

function engineOf(parts: SessionParts): Engine {
  return createEngine({
    settings: (pipeline) => parts.config.settingsFor(pipeline),
    ability: (pipeline) => parts.plans.ability(pipeline),
    plan: (request, about) =>
      parts.plans.plan(request, { ...about, servedPercent: servedPercent(parts.place.store, request) }),
    risk: parts.risk,
    groups: parts.groups,
    inquires: (pipeline) => parts.scout.inquires(pipeline),
    hash: sha256,
    replayed: parts.replayed,
    historyRows: HISTORY_ROWS,
    calls: parts.config.calls.value,
    // What belongs together is so also where one service alone is asked about.
    ties: { groups: parts.config.groups, calls: parts.config.calls.value },
    peers: parts.config.peers.value,
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
