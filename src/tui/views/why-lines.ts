import type { Evidence, HealthScore } from '../../core/model/verdict.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { fit, visible, width, wrap } from '../format/text.ts';
import { momentText, wordDuration } from '../format/time.ts';
import { percentText, shortMetric, valueWithUnit } from '../format/value.ts';
import { LOOKS } from '../theme.ts';
import { expectedText } from './evidence-text.ts';
import { executionWord } from './execution-words.ts';
import type { FleetItem } from './pipeline-look.ts';

const LABEL = 10;
/** How many metrics a health is explained with. */
const HEALTH_PARTS = 3;

/** Why a pipeline is judged as it is: the sentence, the evidence, what was left out, the risk, the decision. */
export function whyLines(item: FleetItem, nowMs: number, columns: number): readonly Line[] {
  const { view, look, execution } = item;
  const { verdict, risk, decision, deployment } = view;
  const lines: Line[] = wrap(visible(verdict.text), columns).map((text): Line => [span(text, LOOKS[look].tone, true)]);
  lines.push(...evidenceLines(verdict.evidence, nowMs, columns));
  if (verdict.sinceMs !== null) {
    const after =
      deployment === null ? '' : `, ${wordDuration(verdict.sinceMs - deployment.atMs)} after the deployment`;
    lines.push(
      ...labelled('since', `${momentText(verdict.sinceMs, nowMs)}${inARow(verdict.evidence)}${after}`, columns),
    );
  }
  if (verdict.vetoed.length > 0) {
    lines.push(
      ...labelled(
        'not blamed',
        `${verdict.vetoed.map((name) => shortMetric(name)).join(', ')}: bad before the deployment`,
        columns,
      ),
    );
  }
  if (risk !== null) {
    const reasons = risk.reasons.slice(0, 3).map((reason) => visible(reason.text));
    const text = `${risk.label} ${percentText(risk.probability)}, usual ${percentText(risk.baseRate)}`;
    lines.push(...labelled('risk', reasons.length === 0 ? text : `${text}: ${reasons.join('; ')}`, columns));
  }
  if (decision !== null) lines.push(...labelled('decision', visible(decision.text), columns));
  if (execution !== null) {
    const word = executionWord(execution);
    lines.push(
      ...labelled('rollback', `${word.text}${execution.text === '' ? '' : `: ${visible(execution.text)}`}`, columns),
    );
  }
  const health = healthText(verdict.health);
  if (health !== null) lines.push(...labelled('health', health, columns));
  const confidence = `${percentText(verdict.confidence)} sure, ${verdict.sampleCount} samples since the deployment`;
  lines.push(...labelled('judged', `${confidence}${view.badLines > 0 ? `, ${view.badLines} bad lines` : ''}`, columns));
  return lines;
}

/** What a health below 100 is made of: its kinds, the worst metrics, the objective that caps it. Null where there is nothing to say. */
function healthText({ value, parts, technical, business, cappedBy }: HealthScore): string | null {
  if (value === null || value >= 100) return null;
  const bad = parts.filter((part) => part.value !== null && part.value < 100);
  if (bad.length === 0 && cappedBy === undefined) return null;
  const kinds =
    technical === undefined || business === undefined ? [] : [`technical ${technical}, business ${business}`];
  const loss = (part: (typeof parts)[number]): number => (100 - (part.value ?? 100)) * part.weight;
  const named = bad.toSorted((a, b) => loss(b) - loss(a)).slice(0, HEALTH_PARTS);
  const worst = named.map((part) => `${shortMetric(part.metric)} ${part.value}`).join(', ');
  const cap =
    cappedBy === undefined ? [] : [`at most ${cappedBy.cap} while ${shortMetric(cappedBy.metric)} is beyond its limit`];
  return [`${Math.round(value)}`, ...kinds, ...(worst === '' ? [] : [worst]), ...cap].join(' · ');
}

// Metric, value and what was expected in columns of their own: so they can be compared at a glance.
function evidenceLines(evidence: readonly Evidence[], nowMs: number, columns: number): readonly Line[] {
  const names = evidence.map((each) => shortMetric(each.metric, columns < 60 ? 12 : 18));
  const values = evidence.map(
    (each) => valueWithUnit(each.observed, each.unit) + (each.direction === 'low' ? '▼' : '▲'),
  );
  const nameColumns = Math.max(LABEL, ...names.map((name) => width(name) + 1));
  const valueColumns = Math.max(0, ...values.map((value) => value.length)) + 2;
  const indent = nameColumns + valueColumns;
  return evidence.flatMap((each, row) =>
    wrap(facts(each, evidence[0], nowMs), Math.max(12, columns - indent)).map((text, index): Line => {
      if (index > 0) return [span(' '.repeat(indent)), span(text)];
      return [
        span(fit(names[row] ?? '', nameColumns), 'plain', true),
        span(fit(values[row] ?? '', valueColumns), 'bad', true),
        span(text),
      ];
    }),
  );
}

// What is the same as for the worst metric is said once, below all of them.
function facts(each: Evidence, worst: Evidence | undefined, nowMs: number): string {
  const expected = expectedText(each);
  const isSame = each === worst || (each.sinceMs === worst?.sinceMs && each.inARow === worst.inARow);
  return [
    ...(expected === '' ? [] : [`expected ${expected}`]),
    ...(each.sigma === null || each.expected === null ? [] : [`${Math.round(each.sigma)} σ`]),
    ...(isSame ? [] : [`${each.inARow} in a row since ${momentText(each.sinceMs, nowMs)}`]),
  ].join(' · ');
}

function inARow(evidence: readonly Evidence[]): string {
  const worst = evidence[0];
  return worst === undefined ? '' : `, ${worst.inARow} in a row`;
}

function labelled(label: string, text: string, columns: number): readonly Line[] {
  return wrap(text, Math.max(12, columns - LABEL)).map((line, index): Line => [
    span(fit(index === 0 ? label : '', LABEL), 'muted'),
    span(line),
  ]);
}
