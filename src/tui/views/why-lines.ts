import type { Evidence } from '../../core/model/verdict.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { fit, visible, wrap } from '../format/text.ts';
import { momentText, wordDuration } from '../format/time.ts';
import { percentText, shortMetric, valueWithUnit } from '../format/value.ts';
import { LOOKS } from '../theme.ts';
import { expectedText } from './evidence-text.ts';
import { executionWord } from './execution-words.ts';
import type { FleetItem } from './pipeline-look.ts';

const LABEL = 10;

/** Why a pipeline is judged as it is: the sentence, the evidence, what was left out, the risk, the decision. */
export function whyLines(item: FleetItem, nowMs: number, columns: number): readonly Line[] {
  const { view, look, execution } = item;
  const { verdict, risk, decision, deployment } = view;
  const lines: Line[] = wrap(visible(verdict.text), columns).map((text): Line => [span(text, LOOKS[look].tone, true)]);
  lines.push(...verdict.evidence.flatMap((each) => evidenceLines(each, verdict.sinceMs, nowMs, columns)));
  if (verdict.sinceMs !== null) {
    const after =
      deployment === null ? '' : `, ${wordDuration(verdict.sinceMs - deployment.atMs)} after the deployment`;
    lines.push(...labelled('since', `${momentText(verdict.sinceMs, nowMs)}${after}`, columns));
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
  if (decision !== null) lines.push(...labelled('decision', `${decision.kind}: ${visible(decision.text)}`, columns));
  if (execution !== null) {
    const word = executionWord(execution);
    lines.push(
      ...labelled('rollback', `${word.text}${execution.text === '' ? '' : `: ${visible(execution.text)}`}`, columns),
    );
  }
  const confidence = `${percentText(verdict.confidence)} sure, ${verdict.sampleCount} samples since the deployment`;
  lines.push(...labelled('judged', `${confidence}${view.badLines > 0 ? `, ${view.badLines} bad lines` : ''}`, columns));
  return lines;
}

function evidenceLines(evidence: Evidence, sinceMs: number | null, nowMs: number, columns: number): readonly Line[] {
  const flag = evidence.direction === 'low' ? '▼' : '▲';
  const name = fit(shortMetric(evidence.metric), LABEL - 1);
  const expected = expectedText(evidence);
  const facts = [
    ...(expected === '' ? [] : [`expected ${expected}`]),
    ...(evidence.sigma === null ? [] : [`${Math.round(evidence.sigma)} σ`]),
    `${evidence.inARow} in a row`,
    // Said once for all of them below, unless this one began at another time.
    ...(evidence.sinceMs === sinceMs ? [] : [`since ${momentText(evidence.sinceMs, nowMs)}`]),
  ];
  const observed = `${valueWithUnit(evidence.observed, evidence.unit)}${flag}`;
  const head: Line = [span(`${name} `, 'plain', true), span(observed, 'bad', true)];
  const room = columns - LABEL - observed.length - 2;
  const [first = '', ...rest] = wrap(facts.join(' · '), Math.max(12, room));
  return [
    [...head, span(`  ${first}`)],
    ...rest.map((text): Line => [span(' '.repeat(LABEL + observed.length + 2)), span(text)]),
  ];
}

function labelled(label: string, text: string, columns: number): readonly Line[] {
  return wrap(text, Math.max(12, columns - LABEL)).map((line, index): Line => [
    span(fit(index === 0 ? label : '', LABEL), 'muted'),
    span(line),
  ]);
}
