import type { Command } from 'commander';
import { isoTime } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { Proposal } from '../../core/model/rollback.ts';
import { addExamples } from '../examples.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { callText, leftLines } from '../rollback-text.ts';
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
  else print(frame, ...open.flatMap(linesOf));
  return 0;
}

/** Everything a person must have seen before saying yes. */
function linesOf(proposal: Proposal): readonly string[] {
  const { plan } = proposal;
  const { blockedBy = [], doubts = [], strategyBecause = [] } = plan;
  const named = proposal.confirmBy === 'typed-name' ? ` --name ${proposal.pipeline}` : '';
  const reason = proposal.overrides.length > 0 ? ' --reason TEXT' : '';
  const confirm = `${named}${blockedBy.length > 0 ? ' --override' : ''}${reason}`;
  const people = proposal.approvalsNeeded ?? 1;
  const yes = (proposal.approvedBy ?? []).map(({ name }) => name).join(', ');
  const item = (label: string, text: string): string => `  ${label.padEnd(10)} ${visibleText(text, 2000)}`;
  return [
    `${proposal.id}  ${visibleText(proposal.pipeline)}  ${plan.fromVersion} → ${plan.toVersion}${plan.dryRun ? '  (dry run)' : ''}`,
    item('target', plan.target.text),
    ...proposal.evidence.map((one) => item('because', `${one.metric} ${one.observed}, ${one.inARow} in a row`)),
    ...blockedBy.map((text) => item('BLOCKED', `by policy: ${text}`)),
    ...leftLines(plan).map((text) => item('not undone', text)),
    ...doubts.map((text) => item('not known', text)),
    ...(proposal.instead ?? []).map(({ text }) => item('instead', `roll forward: ${text}`)),
    ...strategyBecause.map((text) => item('way back', text)),
    ...plan.steps.map((step) => item('runs', callText(step))),
    ...proposal.overrides.map((text) => item('overrides', text)),
    ...proposal.warnings.map((text) => item('careful', text)),
    ...(people > 1 ? [item('people', `${people} must say yes${yes === '' ? '' : `; so far ${yes}`}`)] : []),
    item('until', isoTime(proposal.expiresAtMs) ?? '–'),
    item('answer', `rollwatch approve ${proposal.id}${confirm}   or   rollwatch dismiss ${proposal.id}`),
  ];
}
