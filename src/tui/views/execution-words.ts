import type { Execution, ExecutionState } from '../../core/model/rollback.ts';
import type { Tone } from '../theme.ts';

interface Word {
  readonly text: string;
  readonly tone: Tone;
  /** What it means for the operator, in a sentence. */
  readonly meaning: string;
}

const WORDS = {
  planned: { text: 'planned', tone: 'act', meaning: 'The plan is written down; nothing has run yet.' },
  approved: { text: 'approved', tone: 'act', meaning: 'Approved; nothing has run yet.' },
  leased: { text: 'starting', tone: 'act', meaning: 'Nobody else may act on this target now; the first step starts.' },
  executing: {
    text: 'rolling back',
    tone: 'act',
    meaning: 'The command is running.',
  },
  verifying: {
    text: 'verifying',
    tone: 'act',
    meaning: 'The command ended; reading the version back and waiting for health.',
  },
  done: { text: 'rolled back', tone: 'ok', meaning: 'The old version was read back and the service is healthy again.' },
  'restored-unhealthy': {
    text: 'restored, still unhealthy',
    tone: 'bad',
    meaning: 'The old version serves, but the service did not recover: the cause may be elsewhere.',
  },
  unverified: {
    text: 'ran, not verified',
    tone: 'warn',
    meaning: 'The command ended well, but nothing proves that the old version serves. Check it yourself.',
  },
  failed: {
    text: 'rollback failed',
    tone: 'bad',
    meaning: 'The rollback did not work. The bad version may still serve.',
  },
  cancelled: { text: 'cancelled', tone: 'warn', meaning: 'Cancelled; no further step was run.' },
  unknown: {
    text: 'outcome unknown',
    tone: 'bad',
    meaning: 'It is not known whether the command ran. Nothing is run again by itself: look at the service.',
  },
} as const satisfies Record<ExecutionState, Word>;

/** Word, colour and meaning of the state of an act; a dry run never sounds like a real one. */
export function executionWord(execution: Pick<Execution, 'state' | 'dryRun'>): Word {
  const word: Word = WORDS[execution.state];
  if (!execution.dryRun) return word;
  if (execution.state === 'done' || execution.state === 'unverified') {
    return {
      text: 'dry run complete',
      tone: 'watch',
      meaning: 'DRY RUN: nothing was run; this is what would have been done.',
    };
  }
  return { ...word, text: `dry run: ${word.text}`, meaning: `DRY RUN: nothing is run. ${word.meaning}` };
}
