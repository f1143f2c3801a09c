import type { PlatformStep } from '../step.ts';
import { createEcs } from './aws.ts';
import type { EcsCall } from './call.ts';
import { facts, readServing, readVersion } from './read.ts';
import { undo } from './undo.ts';

const ACTS = { undo, version: readVersion, serving: readServing, facts } as const;

/** One call of the AWS ECS platform. */
export const ecsStep: PlatformStep = (argument, env) => {
  const call = argument as EcsCall;
  return ACTS[call.act.do](createEcs(call.at, env), call);
};
