import { causesText } from '../../core/model/cause.ts';
import { suspectsText } from '../../core/model/suspect.ts';
import type { Risk } from '../../core/model/risk.ts';
import type { Evidence, Verdict } from '../../core/model/verdict.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { said } from '../format/said.ts';
import { fit, visible, width, wrap } from '../format/text.ts';
import { momentText, wordDuration } from '../format/time.ts';
import { percentText, shortMetric, valueWithUnit } from '../format/value.ts';
import { LOOKS } from '../theme.ts';
import { foreseen, predictionText } from './brief-verdict.ts';
import { expectedText, runText } from './evidence-text.ts';
import { executionWord } from './execution-words.ts';
import { healthText } from './health-text.ts';
import { onlyHolds, type FleetItem } from './pipeline-look.ts';
import { riskHead, riskReasons, riskSum, similarText } from './risk-texts.ts';

const LABEL = 10;
const MOST_PREDICTIONS = 3;
/** Metrics that began to be bad within so long of each other began together. */
const SAME_MS = 60_000;
const MOST_REASONS = 4;

/** Why a pipeline is judged as it is: the sentence, the evidence, what was left out, the risk, the decision. */
export function whyLines(item: FleetItem, nowMs: number, columns: number): readonly Line[] {
  const { view, look, execution } = item;
  const { verdict, risk, decision, deployment } = view;
  const after =
    deployment === null || verdict.sinceMs === null
      ? ''
      : `, ${wordDuration(verdict.sinceMs - deployment.atMs)} after the deployment`;
  const since =
    verdict.sinceMs === null ? '' : `${momentText(verdict.sinceMs, nowMs)}${inARow(verdict.evidence)}${after}`;
  // The metrics that the sentence of a failure names stand below it, with more about each.
  const isListed = verdict.phase === 'Failed' && verdict.reason === 'anomaly' && verdict.evidence.length > 0;
  const isWhole = isListed && since !== '';
  const lines: Line[] = wrap(isWhole ? `failed since ${since}` : said(verdict.text), columns).map((text): Line => [
    span(text, LOOKS[look].tone, true),
  ]);
  lines.push(...evidenceLines(verdict, nowMs, columns));
  const causes = causesText(verdict.causes ?? [], view.pipeline, nowMs);
  if (causes !== '') lines.push(...labelled('cause', causes, columns));
  const suspects = suspectsText(verdict.suspects ?? [], nowMs);
  if (suspects !== '') lines.push(...labelled('due to', suspects, columns));
  if (!isWhole && since !== '') lines.push(...labelled('since', since, columns));
  if (verdict.vetoed.length > 0) {
    lines.push(
      ...labelled(
        'not blamed',
        `${verdict.vetoed.map((name) => shortMetric(name)).join(', ')}: bad before the deployment`,
        columns,
      ),
    );
  }
  if (verdict.common !== undefined && verdict.reason !== 'at-peers') {
    const metrics = verdict.common.map((name) => shortMetric(name)).join(', ');
    lines.push(...labelled('not blamed', `${metrics}: as bad at peers that were not deployed`, columns));
  }
  // The first may be the verdict's own sentence.
  const predicted = (verdict.predicted ?? []).slice(foreseen(view) === null ? 0 : 1);
  for (const [index, each] of predicted.slice(0, MOST_PREDICTIONS).entries())
    lines.push(...labelled(index === 0 ? 'forecast' : '', predictionText(each), columns));
  // It is the verdict that holds: its sentence stands at the top.
  if (decision !== null) lines.push(...labelled('decision', onlyHolds(view) ? 'holds' : decision.text, columns));
  if (execution !== null) {
    const word = executionWord(execution);
    lines.push(
      ...labelled('rollback', `${word.text}${execution.text === '' ? '' : `: ${said(execution.text)}`}`, columns),
    );
  }
  const health = healthText(verdict.health);
  if (health !== null) lines.push(...labelled('health', health, columns));
  if (risk !== null) lines.push(...riskLines(risk, columns));
  const confidence = `${percentText(verdict.confidence)} sure, ${verdict.sampleCount} samples since the deployment`;
  lines.push(...labelled('judged', `${confidence}${view.badLines > 0 ? `, ${view.badLines} bad lines` : ''}`, columns));
  return lines;
}

/** The model by its name, with how far it can be believed. */
function modelText({ model, reliability }: Risk): string {
  return reliability === undefined ? model : `${model}: ${reliability}`;
}

function riskLines(risk: Risk, columns: number): readonly Line[] {
  const reasons = riskReasons(risk, MOST_REASONS).map(visible);
  const texts = reasons.length === 0 ? [riskHead(risk)] : [riskHead(risk), ...reasons, riskSum(risk, MOST_REASONS)];
  return [
    ...texts.flatMap((text, index) => labelled(index === 0 ? 'risk' : '', text, columns)),
    ...labelled('similar', visible(similarText(risk) ?? 'no past deployment whose outcome is known'), columns),
    ...labelled('model', visible(modelText(risk)), columns),
  ];
}

// Metric, value and what was expected in columns of their own: so they can be compared at a glance.
function evidenceLines({ evidence, failing }: Verdict, nowMs: number, columns: number): readonly Line[] {
  const ordered = besideTheirLead(evidence);
  const names = ordered.map(
    ({ metric, movesAlong }) => `${movesAlong === undefined ? '' : '  '}${shortMetric(metric, columns < 60 ? 14 : 18)}`,
  );
  const values = ordered.map(
    (each) => valueWithUnit(each.observed, each.unit) + (each.direction === 'low' ? '▼' : '▲'),
  );
  const nameColumns = Math.max(LABEL, ...names.map((name) => width(name) + 1));
  const valueColumns = Math.max(0, ...values.map((value) => value.length)) + 2;
  const indent = nameColumns + valueColumns;
  const hidden = Math.max(0, (failing ?? evidence.length) - evidence.length);
  const rows = ordered.flatMap((each, row) =>
    wrap(facts(each, evidence[0], nowMs), Math.max(12, columns - indent)).map((text, index): Line => {
      if (index > 0) return [span(' '.repeat(indent)), span(text)];
      return [
        span(fit(names[row] ?? '', nameColumns), 'plain', true),
        span(fit(values[row] ?? '', valueColumns), 'bad', true),
        span(text),
      ];
    }),
  );
  return hidden === 0 ? rows : [...rows, [span(fit('', 2)), span(`and ${hidden} more that fail`, 'muted')]];
}

/** Metrics that move with another one stand below it. */
function besideTheirLead(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence
    .filter(({ movesAlong }) => movesAlong === undefined)
    .flatMap((lead) => [lead, ...evidence.filter(({ movesAlong }) => movesAlong === lead.metric)]);
}

// What is the same as for the worst metric is said once, below all of them.
function facts(each: Evidence, worst: Evidence | undefined, nowMs: number): string {
  const expected = expectedText(each);
  const isSame = worst === undefined || Math.abs(each.sinceMs - worst.sinceMs) < SAME_MS;
  return [
    ...(expected === '' ? [] : [`expected ${expected}`]),
    ...(each.sigma === null || each.expected === null ? [] : [`${Math.round(each.sigma)} σ`]),
    ...(each.movesWith === undefined ? [] : [`${each.movesWith} more move with it`]),
    ...(isSame ? [] : [`${runText(each)} since ${momentText(each.sinceMs, nowMs)}`]),
  ].join(' · ');
}

function inARow(evidence: readonly Evidence[]): string {
  const worst = evidence[0];
  return worst === undefined ? '' : `, ${runText(worst)}`;
}

function labelled(label: string, text: string, columns: number): readonly Line[] {
  return wrap(said(text), Math.max(12, columns - LABEL)).map((line, index): Line => [
    span(fit(index === 0 ? label : '', LABEL), 'muted'),
    span(line),
  ]);
}
