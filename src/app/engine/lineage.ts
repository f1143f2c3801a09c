import type { Lineage } from '../../core/decide/input.ts';
import type { ActHistory } from '../../core/model/history.ts';
import type { PipelineJudge } from '../../core/judge/pipeline-judge.ts';

/**
 * Where the current deployment stands among the versions of its pipeline, from the announcements of this session and
 * what the store remembers. A repeated deployment of the same version is no return to it.
 */
export function lineageOf(judge: PipelineJudge, history: ActHistory): Lineage {
  const { current } = judge.timeline;
  if (current === null) return { previous: null, isReturn: false };
  const remembered = history.versions
    .filter((past) => past.pipeline === current.pipeline && past.deployedAtMs < current.atMs)
    .map(({ version }) => version);
  const earlier = [...judge.timeline.earlierVersions, ...remembered];
  const lastOther = earlier.findIndex((version) => version !== current.version);
  const others = lastOther < 0 ? [] : earlier.slice(lastOther);
  const announced = current.previous === current.version ? null : current.previous;
  return {
    previous: announced ?? others[0] ?? null,
    isReturn: current.origin === 'rollback' || others.includes(current.version),
  };
}
