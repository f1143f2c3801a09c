import type { PlanStep, Proposal, VerifySpec } from '../../core/model/rollback.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import type { Tone } from '../theme.ts';
import { span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import { percentText, shortMetric } from '../format/value.ts';
import { momentText, wordDuration } from '../format/time.ts';
import { argvText, environmentWords } from './argv.ts';
import { evidenceText } from './evidence-text.ts';

const LABEL_COLUMNS = 10;
/** Metrics that are spelled out; the others are named. */
const MOST_EVIDENCE = 3;

/**
 * Everything a person has to have read before saying yes, `columns` wide: nothing is cut, all of it wraps.
 * Depends on the proposal only, not on the time, so that what was read stays what it was.
 */
export function dialogBody(proposal: Proposal, snapshot: Snapshot, columns: number): readonly Line[] {
  const { plan } = proposal;
  const item = (label: string, text: string, tone: Tone = 'plain'): Line[] => labelled(label, text, columns, tone);
  const lines: Line[] = [];
  if (plan.dryRun) {
    lines.push(
      ...item('DRY RUN', `nothing will be run: ${plan.dryRunBecause ?? 'rollback is not configured'}`, 'watch'),
    );
  }
  lines.push(...item('version', `${plan.fromVersion} → ${plan.toVersion}${deployedText(proposal, snapshot)}`));
  lines.push(...because(proposal, columns));
  lines.push(...riskLines(proposal, columns));
  for (const step of plan.steps) lines.push(...stepLines(step, plan.steps.length, columns));
  if (plan.steps.length === 0) lines.push(...item('runs', 'nothing: no rollback command is configured', 'warn'));
  lines.push(...item('on', `${plan.target.text} (${plan.target.platform}, ${plan.target.id})`));
  lines.push(...environmentLines(plan.steps, columns));
  lines.push(...verifyLines(plan.verify, columns));
  for (const text of plan.notUndone) lines.push(...item('not undone', text, 'warn'));
  for (const text of proposal.warnings) lines.push(...item('warning', text, 'warn'));
  for (const text of proposal.overrides) lines.push(...item('overrides', text, 'bad'));
  return lines;
}

/** What a proposal says, as one string: two proposals that say the same have the same. */
export function proposalFingerprint(proposal: Proposal): string {
  return JSON.stringify({ ...proposal, held: null, autoAtMs: null });
}

function labelled(label: string, text: string, columns: number, tone: Tone = 'plain'): Line[] {
  return wrap(visible(text), columns - LABEL_COLUMNS - 1).map((line, index) => [
    span(
      (index === 0 ? label : '').padEnd(LABEL_COLUMNS + 1),
      index === 0 && tone !== 'plain' ? tone : 'muted',
      tone !== 'plain',
    ),
    span(line, tone),
  ]);
}

function deployedText(proposal: Proposal, snapshot: Snapshot): string {
  const view = snapshot.pipelines.find((each) => each.pipeline === proposal.pipeline);
  const deployment = view?.deployment ?? null;
  if (deployment === null || deployment.id !== proposal.deploymentId) return '';
  const commit = deployment.commit === null ? '' : `, commit ${deployment.commit.slice(0, 12)}`;
  return ` · ${deployment.version} live since ${momentText(deployment.atMs, proposal.openedAtMs)}${commit}`;
}

function because(proposal: Proposal, columns: number): readonly Line[] {
  const { evidence } = proposal;
  if (evidence.length === 0) {
    const text = proposal.because === 'human-asked' ? 'you asked; rollwatch itself sees no reason' : proposal.because;
    return labelled('because', text, columns);
  }
  const lines = evidence.slice(0, MOST_EVIDENCE).flatMap((each, index) => {
    const sigma = each.sigma === null || each.expected === null ? '' : `, ${Math.round(each.sigma)} σ`;
    const since = `since ${momentText(each.sinceMs, proposal.openedAtMs)}, ${each.inARow} in a row`;
    return labelled(index === 0 ? 'because' : '', `${evidenceText(each)}${sigma} · ${since}`, columns);
  });
  const more = evidence.length - MOST_EVIDENCE;
  if (more <= 0) return lines;
  const names = evidence.slice(MOST_EVIDENCE).map((each) => shortMetric(each.metric));
  return [...lines, ...labelled('', `and ${more} more: ${names.join(', ')}`, columns)];
}

function riskLines({ risk }: Proposal, columns: number): readonly Line[] {
  if (risk === null) return [];
  const reasons = risk.reasons.slice(0, 3).map((reason) => reason.text);
  const text = `${risk.label} ${percentText(risk.probability)} (usual ${percentText(risk.baseRate)}): ${reasons.join('; ')}`;
  return labelled('risk', text, columns);
}

function stepLines(step: PlanStep, count: number, columns: number): readonly Line[] {
  const { command } = step;
  const label = count === 1 ? 'runs' : `runs ${step.index + 1}/${count}`;
  return [
    ...wrap(argvText(command.argv), columns - LABEL_COLUMNS - 1).map((line, index): Line => [
      span((index === 0 ? label : '').padEnd(LABEL_COLUMNS + 1), 'muted'),
      span(line, 'plain', true),
    ]),
    ...labelled('', `in ${command.cwd} · timeout ${wordDuration(command.timeoutMs)}`, columns),
  ];
}

// Steps mostly share one environment: it is shown once then, else for each.
function environmentLines(steps: readonly PlanStep[], columns: number): readonly Line[] {
  const texts = steps.map(({ command }) => environmentWords(command.env).join(' ') || 'empty');
  if (new Set(texts).size <= 1) return texts.slice(0, 1).flatMap((text) => labelled('env', text, columns));
  return texts.flatMap((text, index) => labelled(`env ${index + 1}/${steps.length}`, text, columns));
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
