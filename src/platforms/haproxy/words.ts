import type { StepAction } from '../../core/model/rollback.ts';
import { PlanError, type PlanRequest } from '../../ports/platform.ts';
import type { StepWords } from '../step-platform.ts';
import type { Sides } from '../two-sides.ts';
import type { HaproxyAct } from './call.ts';

interface Place {
  readonly socket: string;
  readonly backend: string;
  readonly sides: Sides;
}

/** The step of an action, in words and as the call. @throws PlanError for an action HAProxy has not. */
export function haproxyWords(action: StepAction, request: PlanRequest, place: Place): StepWords<HaproxyAct> {
  const { fromVersion: from, toVersion: to } = request;
  switch (action.kind) {
    case 'check-capacity':
      return {
        act: { do: 'capacity', percent: action.percent },
        text: `check that the servers of ${to} are alive and have room for ${action.percent} % of the traffic`,
        call: `${place.socket}: show servers state ${place.backend}; show stat`,
        readBack: null,
      };
    case 'traffic':
      return share(action.percent, request, place);
    case 'switch':
      return share(100, request, place);
    case 'drain':
      return {
        act: { do: 'drain' },
        text: `take ${from} out, once it gets no traffic, and let its sessions end`,
        call: `${place.socket}: set server ${place.backend}/<servers of ${from}> state drain`,
        readBack: { do: 'drained' },
      };
    case 'undo':
    case 'scale':
      throw new PlanError(`haproxy has no ${action.kind}`);
  }
}

function share(percent: number, { fromVersion, toVersion }: PlanRequest, place: Place): StepWords<HaproxyAct> {
  const [a, b] = place.sides.map(({ servers }) => servers.join('|'));
  const set = `set server ${place.backend}/`;
  return {
    act: { do: 'traffic', percent },
    text: `give ${toVersion} ${percent} % of the traffic, after its servers were seen alive`,
    call: `${place.socket}: ${set}<${a} or ${b}, whichever states ${toVersion}> weight …; ${set}<those of ${fromVersion}> weight …`,
    readBack: { do: 'shared', percent },
  };
}
