import { PHASE_ORDER } from './limits/run-status.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Freshness, Verdict } from '../model/verdict.ts';
import { likelierThanOwn } from '../model/suspect.ts';
import type { PipelineJudge } from './pipeline-judge.ts';
import { verdictOf } from './verdict-of.ts';

/** What a pipeline's judge says when something changed. */
export type JudgeNews =
  | { readonly type: 'deployment'; readonly deployment: Deployment }
  | { readonly type: 'verdict'; readonly verdict: Verdict; readonly inputs: VerdictInputs };

/** What a verdict was made from, for its digest: number of samples, and of each metric name, last time, last value and run. */
export type VerdictInputs = readonly (number | readonly (string | number)[])[];

/** No news, which is the usual case. */
export const NOTHING: readonly JudgeNews[] = [];

const FRESHNESS: readonly Freshness[] = ['live', 'recorded', 'stale', 'replayed', 'future'];

/** Compares what is true of a pipeline with what was last said of it, and collects what is new. */
export class NewsDesk {
  #deploymentId: string | null = null;
  #said: string | null = null;
  #looked = -1;
  #suspects: PipelineJudge['suspects'] = [];
  #news: JudgeNews[] = [];

  /** Notes what has to be said, as of `saidAt`. Runs once per row: a few comparisons while nothing changes. */
  note(judge: PipelineJudge, saidAt: number): void {
    const { current } = judge.timeline;
    const looked = fingerprint(judge);
    const sameDeployment = current === null || current.id === this.#deploymentId;
    if (looked === this.#looked && sameDeployment && judge.suspects === this.#suspects) return;
    this.#looked = looked;
    this.#suspects = judge.suspects;
    if (current !== null && !sameDeployment) {
      this.#deploymentId = current.id;
      this.#said = null;
      this.#news.push({ type: 'deployment', deployment: current });
    }
    const phase = judge.phase();
    const likelier = phase.phase === 'Failed' ? likelierThanOwn(judge.suspects, judge.settings.pipeline) : null;
    const said = `${phase.phase} ${phase.reason} ${judge.freshness} ${likelier?.pipeline ?? ''}`;
    if (said === this.#said) return;
    this.#said = said;
    this.#news.push({ type: 'verdict', verdict: verdictOf(judge, phase, saidAt), inputs: inputsOf(judge) });
  }

  flush(): readonly JudgeNews[] {
    if (this.#news.length === 0) return NOTHING;
    const news = this.#news;
    this.#news = [];
    return news;
  }
}

function inputsOf(judge: PipelineJudge): VerdictInputs {
  return [judge.samples, ...judge.board.all.map((one) => [one.spec.name, one.lastMs, one.ring.lastValue, one.run.now])];
}

/** All that a phase follows from, as one number: as long as it is the same, so is the phase. */
function fingerprint(judge: PipelineJudge): number {
  const { board } = judge;
  const samples = judge.samples === 0 ? 0 : judge.samples < judge.settings.analysis.minimumSamples ? 1 : 2;
  return (
    (board.blamed > 0 ? 1 : 0) +
    (board.pending > 0 ? 2 : 0) +
    (board.vetoed > 0 ? 4 : 0) +
    (judge.settled ? 8 : 0) +
    (judge.failure.recovered ? 16 : 0) +
    (judge.sharedWith.length > 0 ? 32 : 0) +
    (judge.enoughTraffic ? 64 : 0) +
    (judge.hasRows ? 128 : 0) +
    (judge.error === null ? 0 : 256) +
    samples * 512 +
    FRESHNESS.indexOf(judge.fresh.now) * 2048 +
    (board.common > 0 ? 1 : 0) * 262_144 +
    (board.near > 0 ? 1 : 0) * 524_288 +
    (board.limits === null ? 0 : 1 + PHASE_ORDER.indexOf(board.limits.phase)) * 16_384
  );
}
