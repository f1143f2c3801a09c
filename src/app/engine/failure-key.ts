import type { PipelineEntry } from './state.ts';

/** Which failure a question is about: the same one is asked about once, however many samples it lasts. */
export function failureKey(entry: PipelineEntry): string {
  const { timeline, failure } = entry.judge;
  return `${timeline.current?.id ?? ''}|${failure.failedFromMs ?? ''}|${entry.failedAttempts}`;
}
