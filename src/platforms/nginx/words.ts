import type { StepAction } from '../../core/model/rollback.ts';
import { PlanError, type PlanRequest } from '../../ports/platform.ts';
import type { StepWords } from '../step-platform.ts';
import type { NginxAct } from './call.ts';

/** The step of an action, in words and as the call. @throws PlanError for an action nginx has not. */
export function nginxWords(action: StepAction, request: PlanRequest, include: string): StepWords<NginxAct> {
  switch (action.kind) {
    case 'check-capacity':
      return {
        act: { do: 'alive' },
        text: `check that the side of ${request.toVersion} answers`,
        call: `read ${include} and ask both sides for their version`,
        readBack: null,
      };
    case 'traffic':
      return share(action.percent, request, include);
    case 'switch':
      return share(100, request, include);
    case 'drain':
    case 'undo':
    case 'scale':
      throw new PlanError(`nginx has no ${action.kind}`);
  }
}

function share(percent: number, { toVersion }: PlanRequest, include: string): StepWords<NginxAct> {
  return {
    act: { do: 'traffic', percent },
    text: `give ${toVersion} ${percent} % of the traffic, test the configuration and reload nginx`,
    call: `rewrite ${include} (${toVersion}: ${percent} %); nginx -t; nginx -s reload`,
    readBack: { do: 'shared', percent },
  };
}
