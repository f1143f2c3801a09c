import type { VersionChoice } from '../core/model/version-choice.ts';
import type { HandPlan } from '../app/rollback/hand-options.ts';
import type { Execution, Plan, PlanStep } from '../core/model/rollback.ts';
import { durationText, isoTime } from '../core/model/time.ts';
import { visibleText } from '../core/model/visible.ts';
import { columns } from './columns.ts';

/** A plan for people: everything a yes is said to. */
export function planLines(
  { plan, versions, instead, overrides, approvalsNeeded, warnings }: HandPlan,
  nowMs: number,
): readonly string[] {
  const { pipeline, fromVersion, toVersion, target, environment } = plan;
  return [
    `roll ${pipeline} back: ${fromVersion} → ${toVersion}${environment === null ? '' : ` in ${environment}`}`,
    `on ${target.text} (${target.id})`,
    ...part('strategy', plan.strategyBecause ?? [plan.strategy]),
    ...part('steps', plan.steps.map(stepLine)),
    ...part('proof', proofLines(plan)),
    ...part('will not be undone', leftLines(plan)),
    ...part('blocked by policy (--override --reason TEXT)', plan.blockedBy ?? []),
    ...part('could not be looked at', plan.doubts ?? []),
    ...part(
      'better than back, roll forward',
      instead.map(({ text }) => text),
    ),
    ...part('a yes overrides (--reason TEXT)', overrides),
    ...part('mind', approvalsNeeded > 1 ? [...warnings, `${approvalsNeeded} people must say yes`] : warnings),
    ...part('versions', columns(versions.map((one) => versionCells(one, nowMs)))),
    ...(plan.dryRun ? [`dry run: ${plan.dryRunBecause ?? 'nothing is run'}`] : []),
  ].map((line) => visibleText(line, 2000));
}

/** What it will not undo, or what was looked at without finding anything. */
export function leftLines({ notUndone, lookedAt = [] }: Plan): readonly string[] {
  if (notUndone.length > 0) return notUndone;
  return [lookedAt.length === 0 ? 'nothing was looked for' : `nothing was found (${lookedAt.join(', ')})`];
}

/** The exact call of a step, for people and for `--dry-run`. */
export function callText({ call, command }: PlanStep): string {
  return call ?? command.argv.map(quoted).join(' ');
}

/** One execution on one line. */
export function executionCells(execution: Execution): readonly string[] {
  const { id, pipeline, fromVersion, toVersion, state, startedAtMs, text, by, dryRun } = execution;
  return [
    id.slice(0, 8),
    isoTime(startedAtMs) ?? '–',
    pipeline,
    `${fromVersion} → ${toVersion}`,
    `${dryRun ? 'dry run ' : ''}${state}`,
    by.name,
    text,
  ].map((cell) => visibleText(cell, 400));
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

function stepLine(step: PlanStep): string {
  const judged = (step.judge ?? null) === null ? '' : '; health is judged before the next';
  return `${step.index + 1}. ${step.text}${judged}: ${callText(step)}`;
}

function proofLines({ verify }: Plan): readonly string[] {
  const { versionCommand, verifyCommand, healthAtLeast, healthForMs, withinMs } = verify;
  if (versionCommand === null && verifyCommand === null) return ['none: the result can only be unverified'];
  const health =
    healthAtLeast === null
      ? []
      : [`health ${healthAtLeast} or more for ${durationText(healthForMs)}, within ${durationText(withinMs)}`];
  return [versionCommand, verifyCommand]
    .flatMap((one) => (one === null ? [] : [one.argv.map(quoted).join(' ')]))
    .concat(health);
}

function versionCells(one: VersionChoice, nowMs: number): readonly string[] {
  const health = one.healthy === null ? 'never judged' : one.healthy ? 'healthy' : 'failed';
  const age = one.deployedAtMs === null ? 'age unknown' : `${durationText(nowMs - one.deployedAtMs)} old`;
  return [`${one.isDefault ? '*' : ' '} ${one.version}`, age, health, one.by ?? '–', one.change ?? one.commit ?? '–'];
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
