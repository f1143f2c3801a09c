/** What a screen, or a second shell, may ask of the engine. Answers are bound to a proposal, never to a row. */
export type SessionCommand =
  | {
      readonly type: 'approve';
      readonly proposalId: string;
      readonly typedName: string | null;
      readonly reason: string | null;
    }
  | { readonly type: 'dismiss'; readonly proposalId: string; readonly reason: string | null }
  | { readonly type: 'hold'; readonly proposalId: string }
  | { readonly type: 'propose'; readonly pipeline: string }
  | { readonly type: 'human-rollback'; readonly pipeline: string; readonly reason: string | null }
  | { readonly type: 'focus'; readonly pipeline: string | null; readonly metric: string | null };

/** What came of a command, for the one who gave it. */
export interface CommandResult {
  readonly ok: boolean;
  /** One sentence: what was done, or why not and what to do instead. */
  readonly text: string;
}
