import type { Silence } from '../model/history.ts';

/** The silence that holds for a pipeline; the one that ends last where several do, null without one. */
export function silenceAt(pipeline: string, nowMs: number, silences: readonly Silence[]): Silence | null {
  return silences
    .filter((one) => nowMs >= one.atMs && nowMs < one.untilMs && fits(one.pipeline, pipeline))
    .reduce<Silence | null>((last, one) => (last === null || one.untilMs > last.untilMs ? one : last), null);
}

/** `*` is any text, `?` any one character; everything else is itself. */
function fits(pattern: string, name: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su').test(name);
}
