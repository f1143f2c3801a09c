/**
 * With many metrics something is always out of the ordinary. Up to four metrics the factor is 1, then it grows as
 * √(1 + ½ ln(n / 4)): 1.5 for 54 metrics, so that a deployment is as unlikely to be blamed by chance as with four, as long
 * as the metrics behave. Where they do not, `JointGate` decides.
 */
export function crowdFactor(metrics: number): number {
  return Math.sqrt(1 + Math.log(Math.max(1, metrics / 4)) / 2);
}
