import type { Deployment } from '../../core/model/deployment.ts';
import type { Risk } from '../../core/model/risk.ts';

/**
 * Asks for the risk of a deployment once and keeps the answer, so that a look back judges by what was known at first.
 * A return to an old version is no change whose risk could be told: null.
 */
export function rememberRisk(ask: (deployment: Deployment) => Risk | null): (deployment: Deployment) => Risk | null {
  const known = new Map<string, Risk | null>();
  return (deployment) => {
    const answer = known.get(deployment.id);
    if (answer !== undefined) return answer;
    const risk = deployment.origin === 'rollback' ? null : ask(deployment);
    known.set(deployment.id, risk);
    return risk;
  };
}
