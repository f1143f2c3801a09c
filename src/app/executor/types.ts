import type { Standing } from '../../core/model/history.ts';
import type { Actor, Approval, Execution, Plan, Proposal } from '../../core/model/rollback.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import type { SideSamples } from '../../core/judge/cohorts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { StateDir } from '../../store/state-dir.ts';
import type { Outside } from './outside.ts';

/** How the supervisor is started: `node …execArgv file`. */
export interface SupervisorEntry {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/** What changed: the state (worth an audit record) or only output and progress text (worth a frame). */
export type ExecutionChangeKind = 'state' | 'progress';

/** Times of the executor; the defaults suit people, tests shorten them. */
export interface ExecutorTimes {
  /** Between two looks at a run, a version or a verdict. */
  readonly pollMs: number;
  /** Between TERM and KILL after a timeout. */
  readonly graceMs: number;
  /** A supervisor that has not begun by then is told not to. */
  readonly launchMs: number;
  /** A supervisor that is alive but silent for so long past its time counts as lost. */
  readonly overdueMs: number;
}

/** All the executor takes from outside. */
export interface ExecutorDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly stateDir: StateDir;
  /** Read before every step, the halt file afresh each time. */
  readonly standing: () => Standing;
  /** The newest verdict on a pipeline; null when there is none. */
  readonly verdictOf: (pipeline: string) => Verdict | null;
  /** Samples of one version of a pipeline since a time, by metric; absent or null where versions are not told apart. */
  readonly samplesOf?: (pipeline: string, version: string, sinceMs: number) => SideSamples | null;
  /** A hold has expired and its execution has ended: the place to ask a person. */
  readonly onHoldExpired?: (execution: Execution, plan: Plan) => void;
  readonly supervisorEntry: SupervisorEntry;
  /** User, process and host, for whoever is refused a lease. */
  readonly holder: string;
  /** Takes secrets out of command output; applied to whole blocks of lines. */
  readonly redact: (text: string) => string;
  /** Called after the state is on disk. What it throws before the command starts cancels the act. */
  readonly onChange: (execution: Execution, kind: ExecutionChangeKind) => void;
  /** Where `CommandSpec.envFrom` is taken from: rollwatch's own environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly times?: Partial<ExecutorTimes>;
  /** Absent: real processes. */
  readonly outside?: Outside;
}

/** What a person says of an execution whose end is unknown, where no version can be read back. */
export type Statement = 'took-effect' | 'had-no-effect';

/** Carries plans out, once each. */
export interface Executor {
  /**
   * Carries out an approved proposal; resolves when it has ended. An approval has one execution: called again, or by
   * another process, the first one's is given.
   *
   * @throws StoreError when nothing could be recorded (no approval on record, full disk): nothing was run then.
   */
  execute(proposal: Proposal, approval: Approval): Promise<Execution>;
  /**
   * To be called at the start, not waited for by the screen: settles what earlier processes left, follows what still
   * runs, and never runs anything again. Resolves with every execution it touched when all have ended.
   */
  reconcile(): Promise<readonly Execution[]>;
  /**
   * Ends an `unknown` execution on a person's word: the version is read back where that is possible and decides,
   * else the statement does. Frees the target.
   *
   * @throws Error with a sentence when it cannot be settled yet, and why.
   */
  resolve(executionId: string, by: Actor, says: Statement | null): Promise<Execution>;
}
