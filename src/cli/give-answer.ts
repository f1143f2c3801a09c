import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Store } from '../ports/store.ts';
import { EXIT } from './exit-code.ts';
import { globalFlags } from './flags.ts';
import { loadFor, print, type Frame } from './frame.ts';
import { withStore } from './state.ts';
import { UsageError } from './usage-error.ts';
import { sayRefused } from './say-refused.ts';

/** An answer as the command line gives it. */
export interface WrittenAnswer {
  /** Of the proposal; the beginning is enough where only one begins so. */
  readonly id: string;
  readonly answer: 'approved' | 'dismissed';
  readonly typedName: string | null;
  readonly reason: string | null;
  readonly override?: boolean;
}

const LOOK_EVERY_MS = 100;

/** Hands an answer to the engine that watches and waits for what it makes of it: 0 when it was taken, 14 when refused. */
export async function giveAnswer(
  frame: Frame,
  command: Command,
  given: WrittenAnswer,
  waitMs: number,
): Promise<number> {
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only answers nothing');
  const config = await loadFor(frame, command);
  const { currentPerson } = await import('../app/executor/holder.ts');
  const { requestAnswer } = await import('../app/approvals.ts');
  const { clock, env } = frame.context;
  return withStore(frame, config, async (store) => {
    const by = currentPerson(env);
    const { answer, typedName, reason, override = false } = given;
    const proposalId = fullId(store, given.id);
    const request = requestAnswer(store, { proposalId, answer, by, typedName, reason, override }, clock.nowMs());
    if (!request.ok) return sayRefused(frame, request.text);
    const outcome = await waitFor(frame, store, request.requestId, waitMs);
    if (outcome === null) return sayRefused(frame, 'the engine that watches did not take the answer in time');
    if (!outcome.ok) return sayRefused(frame, outcome.text);
    print(frame, outcome.text);
    return EXIT.fine;
  });
}

function fullId(store: Store, beginning: string): string {
  const fitting = store.openProposals().filter(({ id }) => id.startsWith(beginning));
  if (fitting.length > 1) {
    throw new UsageError(`several questions begin with "${beginning}": ${fitting.map(({ id }) => id).join(', ')}`);
  }
  return fitting[0]?.id ?? beginning;
}

async function waitFor(frame: Frame, store: Store, requestId: string, waitMs: number) {
  const { requestOutcome } = await import('../app/approvals.ts');
  const { clock } = frame.context;
  const untilMs = clock.monotonicMs() + waitMs;
  for (;;) {
    const outcome = requestOutcome(store, requestId);
    if (outcome !== null || clock.monotonicMs() >= untilMs) return outcome;
    await sleep(LOOK_EVERY_MS);
  }
}
