import type { Verdict } from '../../model/verdict.ts';

/** What is failing: of several kinds the one that is worst for the users; `unclear` where nothing tells. */
export type FailureType = 'crash' | 'errors' | 'latency' | 'saturation' | 'business-only' | 'unclear';

/** Names of metrics by the kind of failure they show; the first pattern that fits counts. */
export const FAILURE_PATTERNS: readonly (readonly [Exclude<FailureType, 'unclear'>, RegExp])[] = [
  ['crash', /(?:^|[_.])(?:crash\w*|restarts?|oom\w*|panics?|exits?|up|availability|ready_\w*|healthy_\w*)(?:$|[_.])/i],
  ['errors', /error|fail|5xx|exception|fault|timeouts?/i],
  ['latency', /latency|response_time|duration|p\d\d|apdex|ttfb|slow|_ms$/i],
  ['saturation', /cpu|memory|heap|disk|queue|backlog|connection|saturat|threads?|lag|load|utili[sz]ation|pool/i],
  ['business-only', /order|revenue|sale|payment|sign_?up|conversion|basket|cart|checkout|login|booking|active_users/i],
];

/** Traffic that vanishes while the service is otherwise silent is a crash seen from outside. */
const TRAFFIC = /requests?|throughput|traffic|rps|hits/i;

const WORST_FIRST: readonly FailureType[] = ['crash', 'errors', 'saturation', 'latency', 'business-only'];

/** The kind of failure one metric shows; null when its name tells nothing. */
export function failureOf(metric: string, direction: 'high' | 'low'): Exclude<FailureType, 'unclear'> | null {
  const known = FAILURE_PATTERNS.find(([, pattern]) => pattern.test(metric));
  if (known !== undefined) return known[0];
  return direction === 'low' && TRAFFIC.test(metric) ? 'crash' : null;
}

/**
 * What is failing, from the evidence of a verdict. Only evidence above its limit counts (`score` > 1). Latency or
 * saturation that is blamed twice as strongly as the errors it causes is named first.
 */
export function failureType({ evidence }: Pick<Verdict, 'evidence'>): FailureType {
  const strength = new Map<FailureType, number>();
  for (const { metric, direction, score } of evidence) {
    const kind = score > 1 ? failureOf(metric, direction) : null;
    if (kind !== null) strength.set(kind, Math.max(strength.get(kind) ?? 0, score));
  }
  const worst = WORST_FIRST.find((kind) => strength.has(kind));
  if (worst !== 'errors') return worst ?? 'unclear';
  const errors = strength.get('errors')!;
  return (['saturation', 'latency'] as const).find((kind) => (strength.get(kind) ?? 0) >= 2 * errors) ?? 'errors';
}
