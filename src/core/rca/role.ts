/** What a metric says of the service it belongs to: something it does itself, something done to it, or its surroundings. */
export type MetricRole = 'own' | 'called' | 'symptom' | 'flow' | 'host';

/**
 * How much a change of such a metric points at the service itself, 0..1, chosen before any measurement:
 * what it uses up itself (CPU, memory) and what its callers wait for are its own doing; its own latency also contains
 * that of everything it calls; its traffic follows its callers; its host is shared with others.
 */
export const ROLE_WEIGHT = { own: 1, called: 1, symptom: 0.25, flow: 0.5, host: 0.25 } as const satisfies Record<
  MetricRole,
  number
>;

const HOST = /^(node|host|machine|instance|system)(?![a-z])|^(Node|Host)[A-Z]/;
const LATENCY = /latency|duration|response.?time|delay|elapsed|p50|p9\d|ttfb/i;
const FLOW =
  /network|receive|transmit|packets|syscall|workload|requests?|throughput|traffic|rps|qps|ops\b|disk.?(read|write)/i;

/** The role of a metric, from its name and whether a caller measured it. */
export function roleOf(metric: string, caller: string | null): MetricRole {
  if (caller !== null) return 'called';
  if (HOST.test(metric)) return 'host';
  if (LATENCY.test(metric)) return 'symptom';
  return FLOW.test(metric) ? 'flow' : 'own';
}
