import { evidencePhrase } from '../core/judge/words.ts';
import { causesText } from '../core/model/cause.ts';
import { confirmName, membersOf } from '../core/model/group-proposal.ts';
import { predictionPhrase } from '../core/model/prediction-text.ts';
import type { Plan, Proposal } from '../core/model/rollback.ts';
import { isoTime } from '../core/model/time.ts';
import { visibleText } from '../core/model/visible.ts';
import { callText, leftLines } from './rollback-text.ts';

/** Everything a person must have seen before saying yes. */
export function proposalLines(proposal: Proposal): readonly string[] {
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
    ...proposal.evidence.map((one) => item('because', `${evidencePhrase(one)}, ${one.inARow} in a row`)),
    ...(proposal.failing === undefined
      ? []
      : [item('', `and ${proposal.failing - proposal.evidence.length} more that fail`)]),
    ...(proposal.evidence.length > 0
      ? []
      : [item('because', proposal.because === 'human-asked' ? 'a person asked' : 'nothing has failed yet')]),
    ...(proposal.predicted ?? []).slice(0, 1).map((one) => item('forecast', predictionPhrase(one))),
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
