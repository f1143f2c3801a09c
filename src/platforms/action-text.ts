import type { StepAction } from '../core/model/rollback.ts';
import type { PlanRequest } from '../ports/platform.ts';

/** What a step does, for people. */
export function actionText(action: StepAction, request: PlanRequest): string {
  const { pipeline, fromVersion, toVersion } = request;
  switch (action.kind) {
    case 'undo':
      return `roll ${action.component ?? pipeline} back from ${fromVersion} to ${toVersion}`;
    case 'check-capacity':
      return `capacity of ${toVersion} for ${action.percent} % of the traffic`;
    case 'scale':
      return `${toVersion} to ${action.percent} % of its capacity`;
    case 'traffic':
      return `${action.percent} % of the traffic to ${toVersion}`;
    case 'switch':
      return `all traffic to ${toVersion} at once`;
    case 'drain':
      return `${fromVersion} out of service`;
  }
}
