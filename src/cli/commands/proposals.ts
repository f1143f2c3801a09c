import type { Command } from 'commander';
import { causesText } from '../../core/model/cause.ts';
import { isoTime } from '../../core/model/time.ts';
import { confirmName, membersOf } from '../../core/model/group-proposal.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { Plan, Proposal } from '../../core/model/rollback.ts';
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
  const members = membersOf(proposal);
  const blockedBy = members.flatMap(({ plan }) => plan.blockedBy ?? []);
  const named = proposal.confirmBy === 'typed-name' ? ` --name ${confirmName(proposal)}` : '';
  const reason = proposal.overrides.length > 0 ? ' --reason TEXT' : '';
  const confirm = `${named}${blockedBy.length > 0 ? ' --override' : ''}${reason}`;
  const people = proposal.approvalsNeeded ?? 1;
  const yes = (proposal.approvedBy ?? []).map(({ name }) => name).join(', ');
  return [
    ...(proposal.group === undefined
      ? []
      : [`${proposal.id}  group ${visibleText(proposal.group.name)}, in this order:`]),
    ...members.flatMap(({ plan }, index) =>
      memberLines(plan, proposal.group === undefined ? proposal.id : `${index + 1}.`),
    ),
    ...proposal.evidence.map((one) => item('because', `${one.metric} ${one.observed}, ${one.inARow} in a row`)),
    ...(proposal.causes?.length
      ? [item('cause', causesText(proposal.causes, proposal.pipeline, proposal.openedAtMs))]
      : []),
    ...(proposal.instead ?? []).map(({ text }) => item('instead', `roll forward: ${text}`)),
    ...proposal.overrides.map((text) => item('overrides', text)),
    ...proposal.warnings.map((text) => item('careful', text)),
    ...(people > 1 ? [item('people', `${people} must say yes${yes === '' ? '' : `; so far ${yes}`}`)] : []),
    item('until', isoTime(proposal.expiresAtMs) ?? '–'),
    item('answer', `rollwatch approve ${proposal.id}${confirm}   or   rollwatch dismiss ${proposal.id}`),
  ];
}

/** What one plan does, and what it leaves. */
function memberLines(plan: Plan, lead: string): readonly string[] {
  const { pipeline, fromVersion, toVersion, dryRun, blockedBy = [], doubts = [], strategyBecause = [] } = plan;
  return [
    `${lead}  ${visibleText(pipeline)}  ${fromVersion} → ${toVersion}${dryRun ? '  (dry run)' : ''}`,
    item('target', plan.target.text),
    ...blockedBy.map((text) => item('BLOCKED', `by policy: ${text}`)),
    ...leftLines(plan).map((text) => item('not undone', text)),
    ...doubts.map((text) => item('not known', text)),
    ...strategyBecause.map((text) => item('way back', text)),
    ...plan.steps.map((step) => item('runs', callText(step))),
  ];
}

function item(label: string, text: string): string {
  return `  ${label.padEnd(10)} ${visibleText(text, 2000)}`;
}
