import type { CallGraph } from './series.ts';

/** Services that can be reached from `start` along calls between services of `within`, without `start` itself. */
export function reachable(graph: CallGraph, start: string, within: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [start];
  for (let service = waiting.pop(); service !== undefined; service = waiting.pop()) {
    for (const next of graph.get(service) ?? []) {
      if (next === start || found.has(next) || !within.has(next)) continue;
      found.add(next);
      waiting.push(next);
    }
  }
  return found;
}

/** The graph with every call turned around: callee → callers. */
export function reversed(graph: CallGraph): CallGraph {
  const callers = new Map<string, string[]>();
  for (const [caller, callees] of graph) {
    for (const callee of callees) callers.set(callee, [...(callers.get(callee) ?? []), caller]);
  }
  return callers;
}
