import type { Plan, Strategy } from '../../core/model/rollback.ts';
import type { VersionChoice } from '../../core/model/version-choice.ts';
import type { Execution } from '../../core/model/rollback.ts';
import type { RollForward } from '../../core/model/findings.ts';
import type { WatchOptions } from '../watch/options.ts';

/** A rollback a person asks for in a shell. */
export interface HandOptions {
  /** Null = the only one that is watched. */
  readonly pipeline: string | null;
  /** Null = the last that was healthy, else the one before. */
  readonly toVersion: string | null;
  /** Null = the rules choose. */
  readonly strategy: Strategy | null;
  /** How long live samples are waited for. */
  readonly waitMs: number;
  readonly watch: WatchOptions;
}

/** What would be done, with all that a person is shown before the yes. */
export interface HandPlan {
  readonly plan: Plan;
  readonly versions: readonly VersionChoice[];
  /** People who must say yes. */
  readonly approvalsNeeded: number;
  /** Ways on instead of back. */
  readonly instead: readonly RollForward[];
  /** Guard rails a yes overrides: it needs a reason then. */
  readonly overrides: readonly string[];
  /** What is doubtful: an answer that would be refused, a version nothing is known of, a pipeline that is well. */
  readonly warnings: readonly string[];
  readonly needsName: boolean;
}

/** How it ended; `refused` = nothing was begun. */
export type HandEnd =
  { readonly kind: 'ended'; readonly execution: Execution } | { readonly kind: 'refused'; readonly why: string };

/** The yes of a person. */
export interface HandYes {
  readonly typedName: string | null;
  readonly reason: string | null;
  /** Also where the policy blocks it. */
  readonly override: boolean;
}

/** Whoever is told how it goes. */
export interface HandWatcher {
  readonly onChange: (execution: Execution) => void;
  /** A sentence: what is waited for. */
  readonly say: (text: string) => void;
}

/** A rollback cannot be planned or asked for; `message` is a sentence for the operator. */
export class HandError extends Error {
  override readonly name = 'HandError';
}
