import type { Cause } from './cause.ts';
import type { Evidence, Prediction } from './verdict.ts';
import type { Risk } from './risk.ts';
import type { DecisionReason } from './decision.ts';
import type { RollForward } from './findings.ts';

/** One program call: always an argv array, never a shell string. */
export interface CommandSpec {
  /** `argv[0]` is an absolute path once the plan is made. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Names handed on from rollwatch's own environment when the command runs: their values may be secrets, so they
   * stand in no plan, audit or file and are redacted from the output.
   */
  readonly envFrom?: readonly string[];
  readonly timeoutMs: number;
}

/** What a plan acts on, in the platform's own identity. */
export interface Target {
  readonly platform: string;
  /** Canonical and unique on this box or cluster; the key of the lease. */
  readonly id: string;
  /** For people: box, cluster, namespace, service. */
  readonly text: string;
}

/** Ways to go back; each is a sequence of actions. */
export type Strategy = 'full' | 'progressive' | 'partial' | 'blue-green' | 'ab';

/**
 * What a step does, in no platform's words. `check-capacity` only reads; `scale` brings the earlier version to a share
 * of its full capacity; `traffic` gives it a share of the requests; `switch` gives it all of them at once; `drain` lets
 * the version rolled back from end its work and takes it out; `undo` puts the earlier version in place of the present one.
 */
export type StepAction =
  | { readonly kind: 'undo'; readonly component?: string }
  | { readonly kind: 'check-capacity'; readonly percent: number }
  | { readonly kind: 'scale'; readonly percent: number }
  | { readonly kind: 'traffic'; readonly percent: number }
  | { readonly kind: 'switch' }
  | { readonly kind: 'drain' };

/** How health is judged after a step, before the next one. */
export interface StepJudge {
  /** Health from which the pipeline counts as recovered, 0..100. */
  readonly healthAtLeast: number;
  /** The step made it worse when health falls by more than so many points below what it was before the step. */
  readonly worseBy: number;
  /** How long is looked at health after the step. */
  readonly forMs: number;
  /** A hold nobody answers ends after so long, with a question. */
  readonly holdMs: number;
}

/** When and how often a step may be run again; stated by the platform for calls that do no harm when repeated. */
export interface StepRetry {
  /** Runs at most, the first one included. */
  readonly attempts: number;
  /** Before the second run; doubled each time. */
  readonly backoffMs: number;
  /** Exit codes by which the call says that it changed nothing and may be repeated. */
  readonly exitCodes: readonly number[];
}

/** One step of a plan: at most one side effect. */
export interface PlanStep {
  readonly index: number;
  readonly text: string;
  readonly command: CommandSpec;
  /** Absent: an `undo`. */
  readonly action?: StepAction;
  /** The exact call for people and `--dry-run` (`PATCH /apis/apps/v1/…`); absent: the argv itself. */
  readonly call?: string;
  /** Exits with 0 when this step took effect; what it prints on its first line is shown. Absent or null: not proven by itself. */
  readonly readBack?: CommandSpec | null;
  /** Health is judged after this step before the next. Absent or null: it is not. */
  readonly judge?: StepJudge | null;
  /** Absent or null: a step that failed is not run again. */
  readonly retry?: StepRetry | null;
  /** Exit code by which the command itself says that it cannot tell whether it took effect; absent: there is none. */
  readonly unknownExitCode?: number;
  /** Versions that may be read before this step; absent: the first step wants `fromVersion`, later ones either. */
  readonly expects?: readonly string[];
}

/** How the effect is proven after the last step. */
export interface VerifySpec {
  /** Reads the version that serves now: prints it on its first line. */
  readonly versionCommand: CommandSpec | null;
  /** Succeeds (exit 0) when the rollback took effect. */
  readonly verifyCommand: CommandSpec | null;
  /** Health must reach this value … */
  readonly healthAtLeast: number | null;
  /** … and hold for so long. */
  readonly healthForMs: number;
  /** How long recovery may take before the outcome is `restored-unhealthy`. */
  readonly withinMs: number;
}

/** What will be done: exact, hashed, the same in dry-run. */
export interface Plan {
  /** Hash of target, deployment, from and to version: the idempotency key. */
  readonly id: string;
  readonly pipeline: string;
  readonly environment: string | null;
  readonly deploymentId: string;
  readonly target: Target;
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly strategy: Strategy;
  /** Why this strategy and why not the others, a sentence each; absent where none was selected. */
  readonly strategyBecause?: readonly string[];
  /** Why only a person may say yes to it; absent where the policy decides that. */
  readonly needsPerson?: string;
  readonly steps: readonly PlanStep[];
  readonly verify: VerifySpec;
  /**
   * Prints the platform's facts as JSON, asked before the first change: a rollback the platform makes by itself is not
   * answered with a second one. Absent or null: it has none.
   */
  readonly factsCommand?: CommandSpec | null;
  readonly dryRun: boolean;
  /** Why it is a dry run, for the dialog; null when it is not. */
  readonly dryRunBecause: string | null;
  /** What this rollback will not undo: migrations, config. */
  readonly notUndone: readonly string[];
  /** Of these, what keeps the plan from being carried out by policy, unless a person overrides it in so many words. */
  readonly blockedBy?: readonly string[];
  /** What could not be looked at before the yes, and why; absent or empty: nothing. */
  readonly doubts?: readonly string[];
  /** What was looked at, a few words each; absent or empty: nothing is configured that could be. */
  readonly lookedAt?: readonly string[];
}

/** What the operator must do to say yes. */
export type ConfirmBy = 'key' | 'typed-name';

/** A question put to a person: bound to one plan, answered at most once. */
export interface Proposal {
  /** Correlation id of the answer. */
  readonly id: string;
  readonly pipeline: string;
  readonly deploymentId: string;
  readonly plan: Plan;
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
  readonly because: DecisionReason;
  readonly evidence: readonly Evidence[];
  /** How many metrics fail; absent where there is evidence for all of them. */
  readonly failing?: number;
  /** Limits that are on their way, soonest first, as of `openedAtMs`; absent or empty: none. */
  readonly predicted?: readonly Prediction[];
  /** What the failure probably began with; absent where nothing can be said. */
  readonly causes?: readonly Cause[];
  readonly risk: Risk | null;
  readonly confirmBy: ConfirmBy;
  /** End of the countdown of `auto`; null when only a person may approve. */
  readonly autoAtMs: number | null;
  /** A person pressed a key during the countdown. */
  readonly held: boolean;
  /** Guard rails the person would override by approving, in words. */
  readonly overrides: readonly string[];
  readonly warnings: readonly string[];
  /** Ways on instead of back, the best first; absent or empty: going back is the better way. */
  readonly instead?: readonly RollForward[];
  /** People who must say yes, told apart by their uid; absent: one. */
  readonly approvalsNeeded?: number;
  /** Who has said yes so far, where several must. */
  readonly approvedBy?: readonly Actor[];
  /** Set for one question about several services; `plan` is then that of the service it was put for. */
  readonly group?: ProposalGroup;
}

/** One service of a group that goes back, with a plan of its own: own id, target, lease and proof. */
export interface GroupMember {
  readonly pipeline: string;
  readonly deploymentId: string;
  readonly plan: Plan;
  /** Why it goes back, a clause. */
  readonly why: string;
}

/** A service that stays as it is, and why, a clause. */
export interface LeftOut {
  readonly pipeline: string;
  readonly why: string;
}

/** Services deployed together that go back together, one after the other. */
export interface ProposalGroup {
  /** Hash of the members' plans in their order: the same rollback has the same id. */
  readonly id: string;
  readonly name: string;
  /** In the order in which they go back: what needs another before it. */
  readonly members: readonly GroupMember[];
  readonly left: readonly LeftOut[];
  /** How the whole group is judged after each service, before the next. */
  readonly judge: StepJudge;
}

export type Answer = 'approved' | 'dismissed' | 'expired' | 'superseded';

/** Who did something and from where. `auto` is rollwatch itself. */
export interface Actor {
  readonly kind: 'person' | 'auto' | 'system';
  readonly name: string;
  /** How the name is known: uid from the OS, or a declaration. */
  readonly via: string;
}

export interface Approval {
  readonly proposalId: string;
  readonly planId: string;
  readonly by: Actor;
  readonly atMs: number;
  readonly reason: string | null;
}

export type ExecutionState =
  | 'planned'
  | 'approved'
  | 'leased'
  | 'executing'
  | 'verifying'
  | 'done'
  | 'restored-unhealthy'
  | 'unverified'
  | 'failed'
  | 'cancelled'
  | 'unknown';

/** One attempt at a plan. `done` is said only after a read-back and recovery. */
export interface Execution {
  readonly id: string;
  readonly planId: string;
  readonly proposalId: string;
  readonly pipeline: string;
  readonly attempt: number;
  readonly state: ExecutionState;
  readonly stepIndex: number;
  /** Which run of that step it is, from 0; absent: the first. */
  readonly stepTry?: number;
  readonly dryRun: boolean;
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly exitCode: number | null;
  /** Why it ended as it did, or what it is waiting for; one sentence. */
  readonly text: string;
  /** Last lines of the output: redacted, control characters visible, capped. */
  readonly outputTail: readonly string[];
  readonly by: Actor;
  /** When it was read back that the earlier version serves; absent before. */
  readonly servesSinceMs?: number;
  /** Set while a progressive rollback stands still; it goes on, or ends with a question, by a person or when it expires. */
  readonly hold?: ExecutionHold | null;
}

/** A rollback that stands still after a step. */
export interface ExecutionHold {
  /** `even`: side by side, the present version is not the worse one. */
  readonly why: 'recovered' | 'worse' | 'even';
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** States from which nothing further happens by itself. */
export const TERMINAL_STATES: ReadonlySet<ExecutionState> = new Set([
  'done',
  'restored-unhealthy',
  'unverified',
  'failed',
  'cancelled',
  'unknown',
] as const);
