import type { PlatformStep } from '../step.ts';
import type { SwarmCall } from './call.ts';
import { facts, readServing, readVersion } from './read.ts';
import { rollBack } from './rollback.ts';

const ACTS = { rollback: rollBack, version: readVersion, serving: readServing, facts } as const;

/** One call of the Docker Swarm platform. */
export const swarmStep: PlatformStep = (argument) => {
  const call = argument as SwarmCall;
  return ACTS[call.act.do](call);
};
