import type { FleetItem } from './pipeline-look.ts';
import { asOfMs, byUrgency, isHeld } from './pipeline-look.ts';
import type { Line } from '../format/line.ts';
import type { DecisionReason } from '../../core/model/decision.ts';
import { LOOKS } from '../theme.ts';
import { lineWidth, span } from '../format/line.ts';
import { countdown, momentText, wordDuration } from '../format/time.ts';
import { shortMetric, valueWithUnit } from '../format/value.ts';
import { executionWord } from './execution-words.ts';
import { said } from '../format/said.ts';
import { visible, width } from '../format/text.ts';
import type { PipelineView } from '../../core/session/snapshot.ts';
import { briefVerdict, foreseen } from './brief-verdict.ts';

const HELD = {
  recovered: 'health recovered',
  worse: 'a step made it worse',
  even: 'neither version is the worse one',
} as const;

const GROUP_HELD = {
  recovered: 'the rest is well again',
  worse: 'one made another worse',
  unproven: 'nothing proves the last',
} as const;

/** The metrics a row shows beside its verdict: by name, or its own most urgent ones. */
export type ShownMetrics = ReadonlySet<string> | 'own';

/** Columns from which there is room for why it asks. */
const LEAST_REASON = 14;
/** Why nothing is asked although it may well fail: said before the verdict. */
const UNASKED: Readonly<Partial<Record<DecisionReason, string>>> = {
  silenced: 'silenced · ',
  'external-rollback': 'being rolled back by others · ',
};
/** Why nothing is asked although it failed. */
const UNASKED_FAILURE: Readonly<Partial<Record<DecisionReason, string>>> = {
  ...UNASKED,
  'no-previous-version': 'no way back · ',
  'no-rollback-configured': 'no rollback set up · ',
  'untrusted-config': 'not trusted · ',
  'observe-only': 'only observed · ',
  'human-decided': 'decided · ',
  'proposal-expired': 'not answered · ',
};

/** The last column of the fleet: what is going on with a pipeline, most pressing first, in the operator's words. */
export function verdictLine(item: FleetItem, nowMs: number, shown: ShownMetrics, columns = Infinity): Line {
  const { view, look, proposal, execution, group } = item;
  const tone = LOOKS[look].tone;
  if (execution !== null && isHeld(execution)) {
    const why = HELD[execution.hold?.why ?? 'worse'];
    return [span('held', 'act', true), span(` · ${why}`)];
  }
  if (group !== null && group.hold !== null) {
    return [span('held', 'act', true), span(` · group ${visible(group.name)}: ${GROUP_HELD[group.hold.why]}`)];
  }
  if (execution !== null && look === 'rolling-back') {
    const { text, tone: stateTone } = executionWord(execution);
    return [span(text, stateTone, true), span(` ${visible(execution.fromVersion)} → ${visible(execution.toVersion)}`)];
  }
  if (proposal !== null && proposal.autoAtMs !== null && !proposal.held) {
    return [
      span(`auto in ${countdown(proposal.autoAtMs - nowMs)}`, 'act', true),
      span(` · ${sentence(item, shown, columns - 15)}`, tone),
    ];
  }
  if (execution !== null && look !== 'rolled-back') {
    const { text, tone: stateTone } = executionWord(execution);
    return [span(text, stateTone, true), span(` · ${said(execution.text)}`)];
  }
  if (proposal !== null) {
    const asks = span('asks', 'act', true);
    // A word that is cut after three letters says nothing.
    return columns < LEAST_REASON ? [asks] : [asks, span(' · '), ...reasoned(item, nowMs, shown, columns - 7)];
  }
  if (item.asksSoon && columns >= LEAST_REASON) {
    return [span('asks soon', 'act', true), span(' · '), ...reasoned(item, nowMs, shown, columns - 12)];
  }
  if (look === 'rolled-back' && execution !== null) {
    return [
      span('rolled back', 'ok'),
      span(` ${momentText(execution.endedAtMs ?? nowMs, nowMs)} · ${said(view.verdict.text)}`),
    ];
  }
  return reasoned(item, nowMs, shown, columns);
}

function reasoned(item: FleetItem, nowMs: number, shown: ShownMetrics, columns: number): Line {
  const { view, look } = item;
  const tone = look === 'healthy' || look === 'watching' ? 'plain' : LOOKS[look].tone;
  const words = view.verdict.phase === 'Failed' ? UNASKED_FAILURE : UNASKED;
  const unasked = (view.decision === null ? undefined : words[view.decision.reason]) ?? '';
  const said = sentence(item, shown, columns - width(unasked));
  const isForeseen = foreseen(view) !== null;
  const line = [span(said, isForeseen ? 'warn' : tone, look === 'failed')];
  const isSaid = view.verdict.text.includes(view.freshness);
  if (view.freshness === 'recorded' && !isSaid) line.push(span(' · recorded', 'muted'));
  // Of a replay the title says it for all: here where there is room.
  if (view.freshness === 'replayed' && !said.includes('(replay)') && lineWidth(line) + 9 <= columns)
    line.push(span(' · replay', 'muted'));
  if (view.badLines > 0) line.push(span(` · ${view.badLines} bad lines`, 'warn'));
  if (unasked !== '') line.unshift(span(unasked, 'watch'));
  if (look === 'failed' && view.verdict.sinceMs !== null) {
    const duration = ` · ${wordDuration(asOfMs(view, nowMs) - view.verdict.sinceMs)}`;
    if (lineWidth(line) + width(duration) <= columns) line.push(span(duration, 'muted'));
  }
  return line;
}

// A metric that is to blame but has no column must still be seen. A sentence that does not fit is said in fewer words.
function sentence({ view }: FleetItem, shown: ShownMetrics, columns: number): string {
  const text = fullSentence(view, shown);
  if (width(text) <= columns) return text;
  return briefVerdict(
    view,
    (metric) => (shown === 'own' ? byUrgency(view)[0]?.spec.name === metric : shown.has(metric)),
    columns,
  );
}

function fullSentence(view: PipelineView, shown: ShownMetrics): string {
  const text = said(view.verdict.text);
  const first = view.verdict.evidence[0];
  if (first === undefined || shown === 'own' || shown.has(first.metric) || isNamed(first.metric, text)) return text;
  const flag = first.direction === 'low' ? '▼' : '▲';
  return `${shortMetric(first.metric)} ${valueWithUnit(first.observed, first.unit)}${flag} · ${text}`;
}

function isNamed(metric: string, text: string): boolean {
  return text.includes(metric) || text.includes(shortMetric(metric));
}
