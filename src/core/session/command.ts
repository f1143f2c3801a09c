import type { Strategy } from '../model/rollback.ts';

/** What a screen, or a second shell, may ask of the engine. Answers are bound to a proposal, never to a row. */
export type SessionCommand =
  | {
      readonly type: 'approve';
      readonly proposalId: string;
      readonly typedName: string | null;
      readonly reason: string | null;
      /** The person has read what the policy blocks and wants it all the same; `reason` says why. */
      readonly override?: boolean;
    }
  | { readonly type: 'dismiss'; readonly proposalId: string; readonly reason: string | null }
  | { readonly type: 'hold'; readonly proposalId: string }
  /** Asks for a question; another version or way back than the open one's takes its place. */
  | ({ readonly type: 'propose'; readonly pipeline: string } & WayWanted)
  /**
   * Finds out what a rollback would be, and asks nothing: see `Snapshot.rollbacks`. Pipelines that go back `along` with it
   * are not told as left behind.
   */
  | ({ readonly type: 'look'; readonly pipeline: string; readonly along?: readonly string[] } & WayWanted)
  | { readonly type: 'silence'; readonly pipeline: string; readonly forMs: number; readonly reason: string }
  /** Asks about exactly those services of a group; what needs another goes back before it. */
  | { readonly type: 'propose-group'; readonly name: string; readonly pipelines: readonly string[] }
  | { readonly type: 'human-rollback'; readonly pipeline: string; readonly reason: string | null }
  | { readonly type: 'focus'; readonly pipeline: string | null; readonly metric: string | null };

/** What a person chose; absent or null: the default version, the rules' strategy. */
export interface WayWanted {
  readonly toVersion?: string | null;
  readonly strategy?: Strategy | null;
}

/** What came of a command, for the one who gave it. */
export interface CommandResult {
  readonly ok: boolean;
  /** One sentence: what was done, or why not and what to do instead. */
  readonly text: string;
}
