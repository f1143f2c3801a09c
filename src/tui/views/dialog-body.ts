import { causesText } from '../../core/model/cause.ts';
import { suspectsText, type Suspect } from '../../core/model/suspect.ts';
import type { DecisionReason } from '../../core/model/decision.ts';
import type { GroupMember, Plan, Proposal, ProposalGroup, VerifySpec } from '../../core/model/rollback.ts';
import { namedOf } from '../../core/model/evidence-groups.ts';
import { predictionPhrase } from '../../core/model/prediction-text.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import { said } from '../format/said.ts';
import type { Line } from '../format/line.ts';
import type { Tone } from '../theme.ts';
import { shortMetric } from '../format/value.ts';
import { momentText, wordDuration } from '../format/time.ts';
import { argvText } from './argv.ts';
import { evidenceText, runText } from './evidence-text.ts';
import { groupLines } from './group-lines.ts';
import { labelled } from './labelled.ts';
import { leftLines } from './left-lines.ts';
import { environmentLines, planLines } from './plan-lines.ts';
import { peopleNeeded } from './quorum.ts';
import { riskHead, riskReasons, similarText } from './risk-texts.ts';

/** Metrics that are spelled out; the others are named. */
const MOST_EVIDENCE = 3;
const MOST_REASONS = 3;

/**
 * Everything a person has to have read before saying yes, `columns` wide: nothing is cut, all of it wraps.
 * Depends on the proposal only, not on the time, so that what was read stays what it was.
 */
export function dialogBody(
  proposal: Proposal,
  snapshot: Snapshot,
  columns: number,
  isLooking = false,
): readonly Line[] {
  const { plan, group } = proposal;
  const item = (label: string, text: string, tone: Tone = 'plain'): Line[] => labelled(label, text, columns, tone);
  const lines: Line[] = [];
  if (plan.dryRun) {
    lines.push(
      ...item('DRY RUN', `nothing will be run: ${plan.dryRunBecause ?? 'rollback is not configured'}`, 'watch'),
    );
  }
  if (group === undefined)
    lines.push(...item('version', `${plan.fromVersion} → ${plan.toVersion}${deployedText(proposal, snapshot)}`));
  else lines.push(...groupLines(group, columns));
  lines.push(...because(proposal, snapshot, columns));
  if (proposal.risk !== null) {
    const reasons = riskReasons(proposal.risk, MOST_REASONS).join('; ');
    lines.push(...item('risk', `${riskHead(proposal.risk)}${reasons === '' ? '' : `: ${reasons}`}`));
    const similar = similarText(proposal.risk);
    if (similar !== null) lines.push(...item('similar', similar));
    const { reliability } = proposal.risk;
    if (reliability !== undefined) lines.push(...item('model', reliability));
  }
  if (group === undefined) lines.push(...leftLines(proposal, isLooking, columns), ...actLines(plan, columns));
  else for (const [index, member] of group.members.entries()) lines.push(...memberLines(member, index, group, columns));
  if (peopleNeeded(proposal) > 1)
    lines.push(...item('approval', `${peopleNeeded(proposal)} different people have to say yes`));
  // A dry run is said at the top.
  for (const text of proposal.warnings.filter((one) => !(plan.dryRun && one.startsWith('dry run'))))
    lines.push(...item('warning', text, 'warn'));
  const isAbove = (text: string): boolean =>
    [...plan.notUndone, ...(plan.blockedBy ?? [])].some((one) => text.includes(one));
  for (const text of proposal.overrides.filter((one) => !isAbove(one))) lines.push(...item('overrides', text, 'bad'));
  if (proposal.overrides.some(isAbove))
    lines.push(...item('overrides', 'what is not undone, see above: a yes needs a reason', 'bad'));
  return lines;
}

/** What one plan does, where, and what proves it. */
function actLines(plan: Plan, columns: number): readonly Line[] {
  const item = (label: string, text: string, tone: Tone = 'plain'): Line[] => labelled(label, text, columns, tone);
  const { target, needsPerson, strategyBecause = [] } = plan;
  const isByHand = needsPerson !== undefined && !strategyBecause.includes(needsPerson);
  return [
    ...planLines(plan, columns),
    ...item('on', `${target.text} (${target.platform}, ${target.id})`),
    ...environmentLines(plan.steps, columns),
    ...verifyLines(plan.verify, columns),
    ...(isByHand ? item('by hand', `only a person may say yes: ${needsPerson}`) : []),
  ];
}

function memberLines(
  { pipeline, plan }: GroupMember,
  index: number,
  { members }: ProposalGroup,
  columns: number,
): readonly Line[] {
  const title = `${pipeline} ${plan.fromVersion} → ${plan.toVersion}`;
  return [
    [],
    ...labelled(`${index + 1} of ${members.length}`, title, columns, 'plain', true),
    ...leftLines({ plan }, false, columns),
    ...actLines(plan, columns),
  ];
}

/** What a proposal says, as one string: two proposals that say the same have the same. */
export function proposalFingerprint(proposal: Proposal): string {
  return JSON.stringify({ ...proposal, held: null, autoAtMs: null, approvedBy: null });
}

// Why it asks where no metric speaks for it.
function reasonText(because: DecisionReason): string {
  if (because === 'human-asked') return 'you asked; rollwatch itself sees no reason';
  if (because === 'predicted') return 'nothing has failed yet; a limit is about to be passed';
  if (because === 'risk-high') return 'the deployment is of HIGH risk; nothing has failed';
  return because.replaceAll('-', ' ');
}

function deployedText(proposal: Proposal, snapshot: Snapshot): string {
  const view = snapshot.pipelines.find((each) => each.pipeline === proposal.pipeline);
  const deployment = view?.deployment ?? null;
  if (deployment === null || deployment.id !== proposal.deploymentId) return '';
  const commit = deployment.commit === null ? '' : `, commit ${deployment.commit.slice(0, 12)}`;
  return ` · ${deployment.version} live since ${momentText(deployment.atMs, proposal.openedAtMs)}${commit}`;
}

function because(proposal: Proposal, snapshot: Snapshot, columns: number): readonly Line[] {
  const { evidence } = proposal;
  const [soonest] = proposal.predicted ?? [];
  const forecast =
    soonest === undefined
      ? null
      : `${predictionPhrase(soonest)}, as of ${momentText(proposal.openedAtMs, proposal.openedAtMs)}`;
  if (evidence.length === 0) {
    if (proposal.because === 'predicted' && forecast !== null)
      return labelled('because', `nothing has failed yet, but ${forecast}`, columns);
    return [
      ...labelled('because', reasonText(proposal.because), columns),
      ...(forecast === null ? [] : labelled('forecast', forecast, columns)),
    ];
  }
  const { leads, more } = namedOf(evidence, MOST_EVIDENCE, proposal.failing);
  const lines = leads.flatMap((each, index) => {
    const sigma = each.sigma === null || each.expected === null ? '' : `, ${Math.round(each.sigma)} σ`;
    const since = `since ${momentText(each.sinceMs, proposal.openedAtMs)}, ${runText(each)}`;
    const others = each.movesWith === undefined ? '' : ` · ${each.movesWith} more move with it`;
    return labelled(index === 0 ? 'because' : '', `${evidenceText(each)}${sigma} · ${since}${others}`, columns);
  });
  const names = evidence.filter((each) => !leads.includes(each) && each.movesAlong === undefined);
  const rest =
    more === 0
      ? []
      : labelled('', `and ${more} more${listed(names.map(({ metric }) => shortMetric(metric)))}`, columns);
  const causes = causesText(proposal.causes ?? [], proposal.pipeline, proposal.openedAtMs);
  const suspects = suspectsText(suspectsNow(proposal, snapshot), proposal.openedAtMs);
  return [
    ...lines,
    ...rest,
    ...(forecast === null ? [] : labelled('forecast', forecast, columns)),
    ...(causes === '' ? [] : labelled('cause', said(causes), columns)),
    ...(suspects === '' ? [] : labelled('due to', said(suspects), columns)),
  ];
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '' : `: ${names.join(', ')}`;
}

/** Whose deployment else it may be due to is known when others fail too, which may be later than the question. */
function suspectsNow({ pipeline, deploymentId }: Proposal, { pipelines }: Snapshot): readonly Suspect[] {
  const verdict = pipelines.find((each) => each.pipeline === pipeline)?.verdict;
  return verdict?.deploymentId === deploymentId ? (verdict.suspects ?? []) : [];
}

function verifyLines(verify: VerifySpec, columns: number): readonly Line[] {
  const parts: string[] = [];
  if (verify.versionCommand !== null) parts.push(`reads the version back: ${argvText(verify.versionCommand.argv)}`);
  if (verify.verifyCommand !== null) parts.push(`runs ${argvText(verify.verifyCommand.argv)}`);
  if (verify.healthAtLeast !== null) {
    const span = `for ${wordDuration(verify.healthForMs)}, within ${wordDuration(verify.withinMs)}`;
    parts.push(`waits for health ≥ ${verify.healthAtLeast} ${span}`);
  }
  if (parts.length === 0)
    return labelled('then', 'nothing proves the effect: the result can only be "unverified"', columns, 'warn');
  return parts.flatMap((part, index) => labelled(index === 0 ? 'then' : '', part, columns));
}
