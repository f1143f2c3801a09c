import { momentText } from './time.ts';
import { visibleText } from './visible.ts';

const MOST_NAMED = 3;

/** A deployment that a failure may be due to, one of several. */
export interface Suspect {
  readonly pipeline: string;
  readonly version: string;
  readonly deployedAtMs: number;
  /** Its part of the blame, 0..1; those of all suspects add up to 1. */
  readonly share: number;
}

/**
 * `payments v5 67 %, deployed 12:01:00Z; checkout v2 33 %, deployed 12:00:00Z`: the deployments a failure may be due to, at
 * most three. Empty without any.
 */
export function suspectsText(suspects: readonly Suspect[], nowMs: number): string {
  return suspects
    .slice(0, MOST_NAMED)
    .map(({ pipeline, version, share, deployedAtMs }) => {
      const name = `${visibleText(pipeline, 60)} ${visibleText(version, 40)}`;
      return `${name} ${Math.round(share * 100)} %, deployed ${momentText(deployedAtMs, nowMs)}`;
    })
    .join('; ');
}

/** The deployment of another pipeline that is more likely to be at fault than the pipeline's own; null where none is. */
export function likelierThanOwn(suspects: readonly Suspect[] | undefined, pipeline: string): Suspect | null {
  const [first] = suspects ?? [];
  return first === undefined || first.pipeline === pipeline ? null : first;
}
