import type { PipelineEntry } from './state.ts';

/**
 * What a question is about: the same failure is asked about once, however many samples it lasts. A limit that is merely
 * foreseen is another matter than a failure before it, which may be over.
 */
export function failureKey(entry: PipelineEntry, isAhead: boolean): string {
  const { timeline, failure } = entry.judge;
  const key = `${timeline.current?.id ?? ''}|${failure.failedFromMs ?? ''}|${entry.failedAttempts}`;
  return isAhead ? `${key}|ahead` : key;
}
