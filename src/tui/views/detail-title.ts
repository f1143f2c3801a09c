import type { DeploymentOrigin } from '../../core/model/deployment.ts';
import type { Line } from '../format/line.ts';
import { lineWidth, span } from '../format/line.ts';
import { visible } from '../format/text.ts';
import { momentText, wordDuration } from '../format/time.ts';
import { LOOKS } from '../theme.ts';
import { healthTone } from './fleet-cells.ts';
import { environmentText } from './fleet-columns.ts';
import type { FleetItem } from './pipeline-look.ts';
import { asOfMs } from './pipeline-look.ts';

// A return to an earlier version, by us, a person or the platform, is a deployment of its own.
const ABOUT = {
  inferred: 'first seen',
  marker: 'since',
  command: 'since',
  rollback: 'put back',
} as const satisfies Record<DeploymentOrigin, string>;

/** Left part of the title: `checkout · prod · v412 since 14:00:03 (6 min) · was v411`; its age alone where that is too long. */
export function detailTitle(item: FleetItem, nowMs: number, columns: number): Line {
  const full = titleOf(item, nowMs, false);
  return lineWidth(full) <= columns ? full : titleOf(item, nowMs, true);
}

function titleOf({ view }: FleetItem, nowMs: number, isBrief: boolean): Line {
  const { pipeline, environment, deployment } = view;
  const parts: string[] = environment === null ? [] : [environmentText(view, !isBrief)];
  if (deployment === null) parts.push('no deployment known');
  else {
    const about = ABOUT[deployment.origin];
    const age = wordDuration(asOfMs(view, nowMs) - deployment.atMs);
    const when = isBrief ? `for ${age}` : `${about} ${momentText(deployment.atMs, nowMs)} (${age})`;
    parts.push(`${visible(deployment.version)} ${when}`);
    if (deployment.previous !== null) parts.push(`was ${visible(deployment.previous)}`);
  }
  return [span(` ${visible(pipeline)}`, 'plain', true), span(` · ${parts.join(' · ')}`)];
}

/** Right part of the title: `✖ failed · health 21`. */
export function detailStanding({ view, look }: FleetItem): Line {
  const { mark, tone, word } = LOOKS[look];
  const { value } = view.verdict.health;
  const health: Line =
    value === null
      ? [span('health –', 'muted')]
      : [span('health '), span(String(Math.round(value)), healthTone(value), true)];
  const freshness = view.freshness === 'live' ? [] : [span(` · ${view.freshness}`, 'warn')];
  return [span(`${mark} ${word}`, tone, true), span(' · ', 'muted'), ...health, ...freshness, span(' ')];
}
