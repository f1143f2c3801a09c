import type { PlatformStep } from '../step.ts';
import type { HaproxyCall } from './call.ts';
import { checkCapacity, checkDrained, drain } from './capacity.ts';
import { facts, readServing, readVersion } from './read.ts';
import { checkShare, setShare } from './traffic.ts';

/** One call of the HAProxy platform. */
export const haproxyStep: PlatformStep = (argument) => {
  const call = argument as HaproxyCall;
  const { act } = call;
  switch (act.do) {
    case 'version':
      return readVersion(call);
    case 'facts':
      return facts(call);
    case 'serving':
      return readServing(call);
    case 'traffic':
      return setShare(call, act.percent);
    case 'shared':
      return checkShare(call, act.percent);
    case 'capacity':
      return checkCapacity(call, act.percent);
    case 'drain':
      return drain(call);
    case 'drained':
      return checkDrained(call);
  }
};
