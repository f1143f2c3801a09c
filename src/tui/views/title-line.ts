import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line, Span } from '../format/line.ts';
import { join, lineWidth, span, spread } from '../format/line.ts';
import { visible } from '../format/text.ts';
import { dateTime, wordDuration } from '../format/time.ts';
import type { UiState } from '../state/ui-state.ts';
import { isStale, shownSnapshot } from '../state/ui-state.ts';
import { LOOKS } from '../theme.ts';
import { NARROW_COLUMNS } from './fleet-columns.ts';
import type { FleetItem } from './pipeline-look.ts';
import { fleetItems } from './pipeline-look.ts';

const DOT: Span = span(' · ', 'muted');

/** The title of the fleet, `columns` wide: what needs a person before what does not, as much as fits. */
export function fleetTitle(ui: UiState, live: Snapshot): Line {
  const snapshot = shownSnapshot(ui, live);
  const right: Line = [...standingLine(ui, live), span(' ')];
  const room = ui.columns - lineWidth(right) - 1;
  // Where even the first number does not fit beside it, the name goes.
  let left: Line = ui.columns < NARROW_COLUMNS ? [span(' ')] : [nameSpan()];
  for (const part of counts(fleetItems(snapshot), snapshot)) {
    const next = left.length === 1 ? [...left, part] : [...left, DOT, part];
    if (lineWidth(next) > room) break;
    left = next;
  }
  return spread(left, right, ui.columns);
}

function counts(items: readonly FleetItem[], snapshot: Snapshot): readonly Span[] {
  const parts: Span[] = [span(`${items.length} ${items.length === 1 ? 'pipeline' : 'pipelines'}`)];
  for (const look of ['failed', 'rolling-back', 'anomaly', 'warning', 'no-data', 'watching'] as const) {
    const count = items.filter((item) => item.look === look).length;
    if (count > 0) parts.push(span(`${count} ${LOOKS[look].word}`, LOOKS[look].tone, look === 'failed'));
    if (look === 'failed' && snapshot.proposals.length > 0)
      parts.push(span(`${snapshot.proposals.length} asking`, 'act', true));
  }
  return parts;
}

/** How live what is shown is, and what binds acting: `live · 2 s behind · auto off`. */
export function standingLine(ui: UiState, live: Snapshot): Line {
  const snapshot = shownSnapshot(ui, live);
  const parts: Line[] = [[freshness(ui, snapshot)]];
  const { behindMs, standing } = snapshot.fleet;
  if (behindMs !== null && ui.frozen === null && ui.columns >= NARROW_COLUMNS) {
    parts.push([span(`${wordDuration(behindMs)} behind`, behindMs > 60_000 ? 'warn' : 'muted')]);
  }
  // Narrow, only what is out of the ordinary is said.
  const told = ui.columns < NARROW_COLUMNS ? standing.filter((text) => text !== 'auto off') : standing;
  for (const text of told) parts.push([span(visible(text), text === 'auto off' ? 'muted' : 'warn')]);
  if (ui.readOnly && !standing.includes('read-only')) parts.push([span('read-only', 'warn')]);
  return join(parts, DOT);
}

function freshness(ui: UiState, snapshot: Snapshot): Span {
  if (ui.frozen !== null) return span('frozen', 'watch', true);
  if (isStale(ui)) return span('STALE', 'bad', true);
  const kinds = new Set(snapshot.pipelines.map((view) => view.freshness));
  if (kinds.has('live') || kinds.size === 0)
    return span(kinds.size === 0 ? 'waiting for data' : 'live', kinds.size === 0 ? 'warn' : 'ok');
  if (kinds.has('replayed')) return span('replay', 'watch');
  const newest = Math.max(...snapshot.pipelines.map((view) => view.lastSampleMs ?? 0));
  if (kinds.has('recorded'))
    return span(
      newest > 0 && ui.columns >= 70 ? `recorded${asOf(ui.columns)} ${dateTime(newest)}` : 'recorded',
      'watch',
    );
  return span('no live data', 'warn');
}

function asOf(columns: number): string {
  return columns < 100 ? '' : ', as of';
}

/** Program and place at the left of every title. */
export function nameSpan(): Span {
  return span(' rollwatch  ', 'plain', true);
}
