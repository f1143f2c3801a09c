import type { Evidence, Phase } from '../model/verdict.ts';

/** What a confidence is made of. */
export interface ConfidenceFacts {
  readonly phase: Phase;
  readonly evidence: readonly Evidence[];
  /** Share of the metrics' weight that has fresh data, 0..1. */
  readonly coverage: number;
  readonly samples: number;
  readonly minimumSamples: number;
  /** Share of the analysis that has passed, 0..1. */
  readonly progress: number;
  /** Of a failure, how much of it the deployment is blamed for by the time that had passed; null without one. */
  readonly blame: number | null;
  /** Something other than the deployment may be the cause, or there was nothing to compare with. */
  readonly doubtful: boolean;
}

/**
 * How sure a phase is, 0..1. It orders verdicts; it is not a calibrated probability.
 *
 * Failed: 1 − Π (1 − r · s) over the three worst metrics, with r = n / (n + 1) for n anomalous samples in a row and
 * s = score / (score + ½). Successful: coverage · n / (n + minimum) for n samples. Running: that times the share of the
 * analysis that has passed. All other phases know nothing of the deployment: 0. Halved when the cause is doubtful; a
 * failure also less by the time between the deployment and it (`blameAfter`).
 */
export function confidenceOf(facts: ConfidenceFacts): number {
  const sure = base(facts) * (facts.doubtful ? 0.5 : 1) * (facts.phase === 'Failed' ? (facts.blame ?? 1) : 1);
  return Math.round(sure * 1000) / 1000;
}

function base(facts: ConfidenceFacts): number {
  const { phase, evidence, coverage, samples, minimumSamples, progress } = facts;
  const seen = coverage * (samples / Math.max(1, samples + minimumSamples));
  if (phase === 'Failed') return 1 - evidence.slice(0, 3).reduce((doubt, one) => doubt * (1 - strength(one)), 1);
  if (phase === 'Successful') return seen;
  return phase === 'Running' ? seen * progress : 0;
}

function strength({ inARow, score }: Evidence): number {
  return (inARow / (inARow + 1)) * (score / (score + 0.5));
}
