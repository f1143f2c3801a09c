import type { Command } from 'commander';
import type { Proposal } from '../../core/model/rollback.ts';
import { addExamples } from '../examples.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { proposalLines } from '../proposal-text.ts';
import { withExistingStore } from '../state.ts';

/** `rollwatch proposals`: questions that wait for an answer. */
export function addProposals(program: Command, frame: Frame): void {
  const command = program
    .command('proposals')
    .description('list the questions that wait for an answer')
    .option('--json', 'print them in full as JSON');
  command.action(action(frame, () => list(frame, command)));
  addExamples(command, ['rollwatch proposals', 'rollwatch proposals --json']);
}

async function list(frame: Frame, command: Command): Promise<number> {
  const config = await loadFor(frame, command);
  const nowMs = frame.context.clock.nowMs();
  const stored = await withExistingStore<readonly Proposal[]>(frame, config, [], (store) => store.openProposals());
  const open = stored.filter((proposal) => proposal.expiresAtMs > nowMs);
  if (command.opts<{ readonly json?: boolean }>().json === true) printJson(frame, open);
  else if (open.length === 0) print(frame, 'no question is open');
  else print(frame, ...open.flatMap(proposalLines));
  return 0;
}
