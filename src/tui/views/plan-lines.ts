import type { Plan, PlanStep } from '../../core/model/rollback.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import { wordDuration } from '../format/time.ts';
import { argvText, environmentWords } from './argv.ts';
import { LABEL_COLUMNS, labelled } from './labelled.ts';

const REJECTED = /^not ([a-z-]+): (.+)$/s;

/** Way back, why this one, and each step with its exact call: what a person has to read of a plan's act. */
export function planLines(plan: Plan, columns: number): readonly Line[] {
  const { steps } = plan;
  const lines: Line[] = [...strategyLines(plan, columns)];
  if (steps.length === 0)
    lines.push(...labelled('runs', 'nothing: no rollback command is configured', columns, 'warn'));
  for (const step of steps) lines.push(...stepLines(step, steps, columns));
  lines.push(...judgingLines(steps, columns));
  return lines;
}

// `full: a person decides` is the choice itself; `not ab: …` a way that was rejected, most of them for the same reasons.
function strategyLines({ strategy, strategyBecause = [], steps }: Plan, columns: number): readonly Line[] {
  if (strategyBecause.length === 0 && steps.length < 2) return [];
  const start = `${strategy}: `;
  const chosen = strategyBecause.find((text) => text.startsWith(start)) ?? strategy;
  const others = strategyBecause.filter((text) => text !== chosen);
  const rejected = new Map<string, string[]>();
  for (const text of others) {
    const [, way, why] = REJECTED.exec(text) ?? [];
    if (way !== undefined && why !== undefined) rejected.set(why, [...(rejected.get(why) ?? []), way]);
  }
  return [
    ...labelled('way back', chosen, columns),
    ...others.filter((text) => !REJECTED.test(text)).flatMap((text) => labelled('', text, columns)),
    ...[...rejected].flatMap(([why, ways]) => labelled('', `not ${ways.join(', ')}: ${why}`, columns)),
  ];
}

/** The environment the steps run in: steps mostly share one, which is shown once then, else for each. */
export function environmentLines(steps: readonly PlanStep[], columns: number): readonly Line[] {
  const texts = steps.map(({ command }) => environmentWords(command.env).join(' ') || 'empty');
  if (isOne(texts)) return texts.slice(0, 1).flatMap((text) => labelled('env', text, columns));
  return texts.flatMap((text, index) => labelled(`env ${index + 1}/${steps.length}`, text, columns));
}

function stepLines(step: PlanStep, steps: readonly PlanStep[], columns: number): readonly Line[] {
  const exact = step.call === undefined ? argvText(step.command.argv) : visible(step.call);
  const isOnly = steps.length === 1;
  const isLast = step.index === steps.length - 1;
  const label = isOnly ? 'runs' : `step ${step.index + 1}/${steps.length}`;
  const named = isOnly ? [] : labelled(label, step.text, columns);
  const call = wrap(exact, columns - LABEL_COLUMNS - 1).map((line, index): Line => [
    span((isOnly && index === 0 ? label : '').padEnd(LABEL_COLUMNS + 1), 'muted'),
    span(line, 'plain', true),
  ]);
  // What all steps share is said once, below the last.
  const isShared = isOne(steps.map(whereText));
  const where = !isShared ? whereText(step) : isLast ? `${isOnly ? '' : 'each '}${whereText(step)}` : '';
  const facts = [...(where === '' ? [] : [where]), ...retryText(step)].join(' · ');
  return [...named, ...call, ...(facts === '' ? [] : labelled('', facts, columns))];
}

function whereText({ command }: PlanStep): string {
  return `in ${command.cwd} · timeout ${wordDuration(command.timeoutMs)}`;
}

function retryText({ retry }: PlanStep): readonly string[] {
  return retry === undefined || retry === null
    ? []
    : [`run up to ${retry.attempts} times where the platform refuses it`];
}

// How health is looked at between the steps is mostly the same for all of them.
function judgingLines(steps: readonly PlanStep[], columns: number): readonly Line[] {
  const judged = steps.flatMap(({ index, judge }) =>
    judge === undefined || judge === null
      ? []
      : [
          {
            number: index + 1,
            text:
              `health is looked at for ${wordDuration(judge.forMs)}; it stands still and asks when health reaches ` +
              `${judge.healthAtLeast} or falls by more than ${judge.worseBy}, for ${wordDuration(judge.holdMs)} at most`,
          },
        ],
  );
  const texts = [...new Set(judged.map(({ text }) => text))];
  return texts.flatMap((text, index) => {
    const numbers = judged.filter((each) => each.text === text).map(({ number }) => number);
    const after = `after ${numbers.length === 1 ? 'step' : 'steps'} ${numbers.join(', ')}`;
    return labelled(index === 0 ? 'between' : '', `${after}: ${text}`, columns);
  });
}

function isOne(texts: readonly string[]): boolean {
  return new Set(texts).size <= 1;
}
